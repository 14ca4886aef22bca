import { z } from 'zod'
import { sha256Schema } from '../core/schemas.ts'
import { eventTextSchema } from './event-text.ts'

/**
 * Each desk's own events form a hash chain:
 * ```
 * bodyHash(n) = sha256( salt(n) ‖ newline ‖ text(n) )
 * link(n)     = sha256( link(n-1) ‖ n ‖ eventId ‖ bodyHash(n) )          link(0) = 64 zeros
 * ```
 * 1. `text` is the exact text of the event; whoever stores it stores these bytes.
 * 2. The salt lets a body be erased after its retention while the chain still proves order and completeness.
 * 3. A refused event keeps its place: the chain is what the desk did, not what was admitted.
 */
export const chainLinkSchema = z.object({
  n: z.int().min(1),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  bodyHash: sha256Schema,
  link: sha256Schema,
})
export type ChainLink = z.infer<typeof chainLinkSchema>

/** One event of the sending desk: its exact text and its place in the desk's chain. */
export const ownEventSchema = z.object({ text: eventTextSchema, chain: chainLinkSchema })
export type OwnEvent = z.infer<typeof ownEventSchema>

/**
 * An own event on the line. Hashes do not compress and are half of a small event, so what the reader can reckon is
 * left out: the body hash, and the link where the event before it in the chain stands right before it in the message.
 * The last event keeps its link, so that the whole stretch is proved by it.
 */
export const sentEventSchema = z.object({
  text: eventTextSchema,
  chain: chainLinkSchema.partial({ bodyHash: true, link: true }),
})
export type SentEvent = z.infer<typeof sentEventSchema>

/** Events in chain order, as they are sent. */
export function sentEventsOf(events: readonly OwnEvent[]): SentEvent[] {
  return events.map(({ text, chain: { n, salt, bodyHash, link } }, at) => {
    if (at === events.length - 1) return { text, chain: { n, salt, bodyHash, link } }
    return { text, chain: events[at - 1]?.chain.n === n - 1 ? { n, salt } : { n, salt, link } }
  })
}

export const chainStart = '0'.repeat(64)

/** The text whose SHA-256 makes a link; hashing itself belongs to the platforms. */
export function linkInput(previousLink: string, n: number, eventId: string, bodyHash: string): string {
  return `${previousLink}\n${n}\n${eventId}\n${bodyHash}`
}
