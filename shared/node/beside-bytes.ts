import { putTogether, takeApart } from '../wire/beside.ts'
import type { EventText } from '../wire/event-text.ts'
import { Utf8Text } from './utf8-text.ts'

/** The bytes of a message with its texts beside it (`shared/wire/beside.ts`). */
export function packBeside<List extends string>(
  message: Parameters<typeof takeApart<List>>[0],
  lists: readonly List[],
): Buffer {
  const texts = textBytes()
  const head = takeApart(message, lists, texts.put)
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), texts.all()])
}

/** Texts one behind the other; a string is encoded where it will stand, a sixth of the work of joining them first. */
function textBytes(): { readonly put: (text: EventText) => number; readonly all: () => Buffer } {
  let bytes = Buffer.alloc(0)
  let end = 0
  return {
    put(text) {
      const most = end + (typeof text === 'string' ? text.length * 3 : text.bytes.byteLength)
      if (most > bytes.byteLength) {
        const larger = Buffer.allocUnsafe(Math.max(most, bytes.byteLength * 2))
        bytes.copy(larger, 0, 0, end)
        bytes = larger
      }
      const length = typeof text === 'string' ? bytes.write(text, end) : copy(text.bytes, bytes, end)
      end += length
      return length
    },
    all: () => bytes.subarray(0, end),
  }
}

function copy(from: Uint8Array, to: Buffer, at: number): number {
  to.set(from, at)
  return from.byteLength
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
