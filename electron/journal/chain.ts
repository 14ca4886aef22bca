import { randomBytes } from 'node:crypto'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { bodyHashOf, linkOf } from '../../shared/node/event-hashes.ts'
import { chainStart, type OwnEvent } from '../../shared/wire/own-event.ts'

export interface ChainHead {
  readonly n: number
  readonly link: string
}

export const emptyChain: ChainHead = { n: 0, link: chainStart }

/** Puts an own event behind the head of the desk's chain (`shared/wire/own-event.ts`). */
export function chainEvent(head: ChainHead, event: StoredEvent): OwnEvent {
  const text = JSON.stringify(event)
  const salt = randomBytes(16).toString('hex')
  const n = head.n + 1
  const bodyHash = bodyHashOf(salt, text)
  return { text, chain: { n, salt, bodyHash, link: linkOf(head.link, n, event.id, bodyHash) } }
}
