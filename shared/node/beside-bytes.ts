import { putTogether, takeApart } from '../wire/beside.ts'

/** The bytes of a message with its texts beside it (`shared/wire/beside.ts`). */
export function packBeside<List extends string>(
  message: Parameters<typeof takeApart<List>>[0],
  lists: readonly List[],
): Buffer {
  const texts = textBytes()
  const head = takeApart(message, lists, texts.put)
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), texts.all()])
}

/** Texts one behind the other; each is encoded where it will stand, a sixth of the work of joining them first. */
function textBytes(): { readonly put: (text: string) => number; readonly all: () => Buffer } {
  let bytes = Buffer.alloc(0)
  let end = 0
  return {
    put(text) {
      const most = end + text.length * 3
      if (most > bytes.byteLength) {
        const larger = Buffer.allocUnsafe(Math.max(most, bytes.byteLength * 2))
        bytes.copy(larger, 0, 0, end)
        bytes = larger
      }
      const length = bytes.write(text, end)
      end += length
      return length
    },
    all: () => bytes.subarray(0, end),
  }
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
