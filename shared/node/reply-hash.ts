import { createHash } from 'node:crypto'
import { type EventText, TextBytes } from '../wire/event-text.ts'
import { type ExchangeReply, replySignatureInput } from '../wire/exchange.ts'
import { byteLengthOf } from './utf8-text.ts'

/** What the district's signature of a reply covers, in hex. */
export function replyHash(reply: Omit<ExchangeReply, 'signature'>, answers: string | undefined): string {
  const hash = createHash('sha256')
  for (const content of stretchesOf(replySignatureInput(reply, answers, byteLengthOf))) hash.update(content)
  return hash.digest('hex')
}

/** Texts that lie one behind the other in the message they came in are hashed as the one stretch they are. */
function* stretchesOf(parts: readonly EventText[]): Generator<string | Uint8Array> {
  let stretch: Uint8Array | undefined
  for (const part of parts) {
    const bytes = part instanceof TextBytes ? part.bytes : undefined
    if (stretch && bytes && isBehind(bytes, stretch)) {
      stretch = new Uint8Array(stretch.buffer, stretch.byteOffset, stretch.byteLength + bytes.byteLength)
      continue
    }
    if (stretch) yield stretch
    stretch = bytes
    if (!bytes) yield String(part)
  }
  if (stretch) yield stretch
}

function isBehind(bytes: Uint8Array, stretch: Uint8Array): boolean {
  return bytes.buffer === stretch.buffer && bytes.byteOffset === stretch.byteOffset + stretch.byteLength
}
