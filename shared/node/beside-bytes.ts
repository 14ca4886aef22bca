import { putTogether, takeApart } from '../wire/beside.ts'
import type { EventText } from '../wire/event-text.ts'
import { byteLengthOf, putText, Utf8Text } from './utf8-text.ts'

/** The bytes of a message with its texts beside it (`shared/wire/beside.ts`). */
export function packBeside<List extends string>(
  message: Parameters<typeof takeApart<List>>[0],
  lists: readonly List[],
): Buffer {
  const texts: EventText[] = []
  let textBytes = 0
  const head = takeApart(message, lists, (text) => {
    const bytes = byteLengthOf(text)
    texts.push(text)
    textBytes += bytes
    return bytes
  })
  const line = `${JSON.stringify(head)}\n`
  const packed = Buffer.allocUnsafe(Buffer.byteLength(line) + textBytes)
  let end = packed.write(line)
  for (const text of texts) end += putText(text, packed, end)
  return packed
}

/** The message again, its texts as the bytes they are; undefined where the head is cut or no JSON, or the lengths do not agree with the bytes. */
export function readBeside(bytes: Buffer, lists: readonly string[]): object | undefined {
  const from = bytes.indexOf('\n') + 1
  return putTogether(parse(bytes.toString('utf8', 0, from)), lists, bytes.byteLength - from, (a, b) =>
    isInsideCharacter(bytes[from + b]) ? undefined : new Utf8Text(bytes.subarray(from + a, from + b)),
  )
}

function isInsideCharacter(byte = 0): boolean {
  return (byte & 0xc0) === 0x80
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
