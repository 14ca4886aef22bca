import { createHash } from 'node:crypto'
import { type ExchangeReply, replySignatureInput } from '../wire/exchange.ts'
import { byteLengthOf, contentOf } from './utf8-text.ts'

/** What the district's signature of a reply covers, in hex. */
export function replyHash(reply: Omit<ExchangeReply, 'signature'>, answers: string | undefined): string {
  const hash = createHash('sha256')
  for (const part of replySignatureInput(reply, answers, byteLengthOf)) hash.update(contentOf(part))
  return hash.digest('hex')
}
