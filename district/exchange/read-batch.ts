import type { EventId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { dossierIdSchema, eventIdSchema } from '../../shared/core/schemas.ts'
import { findKnownEvent, findStoredEvent, type StoredEvent } from '../../shared/domain/event.ts'
import { bodyHashOf, linkOf } from '../../shared/node/event-hashes.ts'
import type { EventText } from '../../shared/wire/event-text.ts'
import type { OwnEvent, SentEvent } from '../../shared/wire/own-event.ts'
import { turnEnds, turnToRead } from './turns.ts'

/** One pushed event, read as far as it can be read. */
export interface ReadEvent {
  readonly own: OwnEvent
  readonly eventId: EventId
  /** Empty when not even that can be read. */
  readonly dossierId: string
  /** The text as the database keeps it; differs only where no database could hold the bytes as they are. */
  readonly kept: EventText
  /** Absent when the text is not an event; it is then refused, and only that. */
  readonly stored: StoredEvent | undefined
  /** The text is the one its chain place covers. */
  readonly intact: boolean
  /** The link its own, left out on the way, was reckoned from; absent where the desk told it. */
  readonly linkedTo: string | undefined
}

/**
 * Fails, with the place, only where not even an event id can be read, for no verdict could name it; and where a link was
 * left out that nothing before it leads to.
 */
export async function readBatch(events: readonly SentEvent[]): Promise<Result<readonly ReadEvent[], string>> {
  const read: ReadEvent[] = []
  for (const [index, sent] of events.entries()) {
    if (turnEnds(index)) await turnToRead()
    const event = readEvent(sent, read.at(-1)?.own.chain)
    if (typeof event === 'string') return err(`events.${index}.${event}`)
    read.push(event)
  }
  return ok(read)
}

function readEvent({ text, chain }: SentEvent, before: OwnEvent['chain'] | undefined): ReadEvent | 'text' | 'chain' {
  const read = String(text)
  const json = parseJson(read)
  const kept = isStorable(text, read) ? text : JSON.stringify(read)
  const stored = kept === text ? findStoredEvent(json) : undefined
  const { eventId, dossierId } = stored ? { eventId: stored.id, dossierId: stored.dossierId } : namesIn(json)
  if (eventId === undefined) return 'text'
  const { n, salt } = chain
  const reckoned = bodyHashOf(salt, text)
  const bodyHash = chain.bodyHash ?? reckoned
  const follows = before && before.n === n - 1 ? before.link : undefined
  const linkedTo = chain.link === undefined ? follows : undefined
  const link = chain.link ?? (linkedTo && linkOf(linkedTo, n, eventId, bodyHash))
  if (link === undefined) return 'chain'
  // Its body is read in this turn; the rules, which ask for it later, find it read.
  if (stored) findKnownEvent(stored)
  return {
    own: { text, chain: { n, salt, bodyHash, link } },
    kept,
    eventId,
    dossierId,
    stored,
    intact: bodyHash === reckoned,
    linkedTo,
  }
}

/** As much as can be read of what is no event. */
function namesIn(json: unknown): { readonly eventId: EventId | undefined; readonly dossierId: string } {
  const { id, dossierId } = (json ?? {}) as { id?: unknown; dossierId?: unknown }
  return { eventId: eventIdSchema.safeParse(id).data, dossierId: dossierIdSchema.safeParse(dossierId).data ?? '' }
}

/** False for text that is not well-formed Unicode: it would come back changed from any database, its JSON spelling does not. */
function isStorable(text: EventText, read: string): boolean {
  if (typeof text !== 'string') return !text.bytes.includes(0)
  // Without `u` it is quick, but also finds the halves of whole characters.
  return !/[\u0000\ud800-\udfff]/.test(read) || !/[\u0000\p{Surrogate}]/u.test(read)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
