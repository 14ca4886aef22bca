import { createHash, randomBytes } from 'node:crypto'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { bodyHashInput, chainStart, linkInput, type OwnEvent } from '../../shared/wire/own-event.ts'

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
  const bodyHash = sha256(bodyHashInput(salt, text))
  return { text, chain: { n, salt, bodyHash, link: sha256(linkInput(head.link, n, event.id, bodyHash)) } }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
