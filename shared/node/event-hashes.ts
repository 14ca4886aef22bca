import { createHash, hash } from 'node:crypto'
import type { EventText } from '../wire/event-text.ts'
import { linkInput } from '../wire/own-event.ts'
import { contentOf } from './utf8-text.ts'

/** The hashes of `own-event.ts` and `stream-proof.ts`, in hex; of a text its bytes, read or not. */
export function textHashOf(text: EventText): string {
  return hash('sha256', contentOf(text))
}

export function bodyHashOf(salt: string, text: EventText): string {
  return createHash('sha256').update(`${salt}\n`).update(contentOf(text)).digest('hex')
}

export function linkOf(previous: string, n: number, eventId: string, bodyHash: string): string {
  return hash('sha256', linkInput(previous, n, eventId, bodyHash))
}
