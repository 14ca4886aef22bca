import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { EventId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { dossierIdSchema, eventIdSchema } from '../../shared/core/schemas.ts'
import { type StoredEvent, storedEventSchema } from '../../shared/domain/event.ts'
import { bodyHashInput, type OwnEvent } from '../../shared/wire/own-event.ts'

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
}

/** Work of one turn of the event loop, so that other desks are answered meanwhile. */
export const eventsPerTurn = 100

/** Fails, with the place, only where not even an event id can be read: no verdict could name it. */
export async function readBatch(events: readonly OwnEvent[]): Promise<Result<readonly ReadEvent[], string>> {
  const read: ReadEvent[] = []
  for (const [index, own] of events.entries()) {
    if (index % eventsPerTurn === eventsPerTurn - 1) await breathe()
    const event = readEvent(own)
    if (!event) return err(`events.${index}.text`)
    read.push(event)
  }
  return ok(read)
}

function readEvent(own: OwnEvent): ReadEvent | undefined {
  const json = parseJson(own.text)
  const { id, dossierId: named } = (json ?? {}) as { id?: unknown; dossierId?: unknown }
  const eventId = eventIdSchema.safeParse(id)
  const dossierId = dossierIdSchema.safeParse(named).data ?? ''
  if (!eventId.success) return undefined
  const kept = storable(own.text)
  const stored = kept === own.text ? storedEventSchema.safeParse(json) : undefined
  const bodyHash = createHash('sha256').update(bodyHashInput(own.chain.salt, own.text)).digest('hex')
  const intact = bodyHash === own.chain.bodyHash
  return { own, kept, eventId: eventId.data, dossierId, stored: stored?.data, intact }
}

/** Text that is not well-formed Unicode would come back changed from any database; its JSON spelling does not. */
function storable(text: string): string {
  return /[\u0000\p{Surrogate}]/u.test(text) ? JSON.stringify(text) : text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
