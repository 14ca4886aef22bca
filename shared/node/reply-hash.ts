import { createHash } from 'node:crypto'
import type { EventText } from '../wire/event-text.ts'
import { replySignatureInput } from '../wire/exchange.ts'
import { contentOf } from './event-hashes.ts'

/** What the district's signature of a reply covers, in hex. */
export function replyHash(reply: Parameters<typeof replySignatureInput>[0]): string {
  const hash = createHash('sha256')
  for (const part of replySignatureInput(reply, bytesOf)) hash.update(contentOf(part))
  return hash.digest('hex')
}

function bytesOf(text: EventText): number {
  return Buffer.byteLength(contentOf(text))
}
