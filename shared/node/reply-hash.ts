import { createHash } from 'node:crypto'
import { replySignatureInput } from '../wire/exchange.ts'

/** What the district's signature of a reply covers, in hex. */
export function replyHash(reply: Parameters<typeof replySignatureInput>[0]): string {
  const hash = createHash('sha256')
  for (const part of replySignatureInput(reply)) hash.update(part)
  return hash.digest('hex')
}
