import { createHash } from 'node:crypto'
import { replySignatureInput } from '../wire/exchange.ts'
import { byteLengthOf, contentOf } from './utf8-text.ts'

/** What the district's signature of a reply covers, in hex. */
export function replyHash(reply: Parameters<typeof replySignatureInput>[0]): string {
  const hash = createHash('sha256')
  for (const part of replySignatureInput(reply, byteLengthOf)) hash.update(contentOf(part))
  return hash.digest('hex')
}
