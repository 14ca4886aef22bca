import { putTogether, takeApart } from '../wire/beside.ts'

/** The bytes of a message with its texts beside it (`shared/wire/beside.ts`): joined and encoded once. */
export function packBeside<List extends string>(
  message: Parameters<typeof takeApart<List>>[0],
  lists: readonly List[],
): Buffer {
  const { head, texts } = takeApart(message, lists, Buffer.byteLength)
  return Buffer.from([`${JSON.stringify(head)}\n`, ...texts].join(''))
}

/** The message again; undefined where the head is cut or no JSON, or the lengths do not agree with the bytes. */
export function readBeside(bytes: Buffer, lists: readonly string[]): object | undefined {
  const from = bytes.indexOf('\n') + 1
  return putTogether(parse(bytes.toString('utf8', 0, from)), lists, bytes.byteLength - from, (a, b) =>
    isInsideCharacter(bytes[from + b]) ? undefined : bytes.toString('utf8', from + a, from + b),
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
