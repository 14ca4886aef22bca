import { hash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { EventId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { dossierIdSchema, eventIdSchema } from '../../shared/core/schemas.ts'
import { findKnownEvent, findStoredEvent, type StoredEvent } from '../../shared/domain/event.ts'
import { bodyHashInput, linkInput, type OwnEvent, type SentEvent } from '../../shared/wire/own-event.ts'

/** One pushed event, read as far as it can be read. */
export interface ReadEvent {
  readonly own: OwnEvent
  readonly eventId: EventId
  /** Empty when not even that can be read. */
  readonly dossierId: string
  /** The text as the database keeps it; differs only where no database could hold the bytes as they are. */
  readonly kept: string
  /** Absent when the text is not an event; it is then refused, and only that. */
  readonly stored: StoredEvent | undefined
  /** The text is the one its chain place covers. */
  readonly intact: boolean
  /** The link its own, left out on the way, was reckoned from; absent where the desk told it. */
  readonly linkedTo: string | undefined
}

/** Work of one turn of the event loop, so that other desks are answered meanwhile. */
export const eventsPerTurn = 10

/**
 * Fails, with the place, only where not even an event id can be read, for no verdict could name it; and where a link was
 * left out that nothing before it leads to.
 */
export async function readBatch(events: readonly SentEvent[]): Promise<Result<readonly ReadEvent[], string>> {
  const read: ReadEvent[] = []
  for (const [index, sent] of events.entries()) {
    if (index % eventsPerTurn === eventsPerTurn - 1) await breathe()
    const event = readEvent(sent, read.at(-1)?.own.chain)
    if (typeof event === 'string') return err(`events.${index}.${event}`)
    read.push(event)
  }
  return ok(read)
}

function readEvent({ text, chain }: SentEvent, before: OwnEvent['chain'] | undefined): ReadEvent | 'text' | 'chain' {
  const json = parseJson(text)
  const { id, dossierId: named } = (json ?? {}) as { id?: unknown; dossierId?: unknown }
  const eventId = eventIdSchema.safeParse(id)
  const dossierId = dossierIdSchema.safeParse(named).data ?? ''
  if (!eventId.success) return 'text'
  const { n, salt } = chain
  const reckoned = sha256(bodyHashInput(salt, text))
  const bodyHash = chain.bodyHash ?? reckoned
  const follows = before && before.n === n - 1 ? before.link : undefined
  const linkedTo = chain.link === undefined ? follows : undefined
  const link = chain.link ?? (linkedTo && sha256(linkInput(linkedTo, n, eventId.data, bodyHash)))
  if (link === undefined) return 'chain'
  const kept = storable(text)
  const stored = kept === text ? findStoredEvent(json) : undefined
  // Its body is read in this turn; the rules, which ask for it later, find it read.
  if (stored) findKnownEvent(stored)
  return {
    own: { text, chain: { n, salt, bodyHash, link } },
    kept,
    eventId: eventId.data,
    dossierId,
    stored,
    intact: bodyHash === reckoned,
    linkedTo,
  }
}

function sha256(text: string): string {
  return hash('sha256', text)
}

/** Text that is not well-formed Unicode would come back changed from any database; its JSON spelling does not. */
function storable(text: string): string {
  // Without `u` it is quick, but also finds the halves of whole characters.
  if (!/[\u0000\ud800-\udfff]/.test(text)) return text
  return /[\u0000\p{Surrogate}]/u.test(text) ? JSON.stringify(text) : text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
