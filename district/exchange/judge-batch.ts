import { setImmediate as breathe } from 'node:timers/promises'
import { admit } from '../../shared/domain/admission.ts'
import type { Dossier } from '../../shared/domain/dossier.ts'
import { findKnownEvent, type StoredEvent } from '../../shared/domain/event.ts'
import { applyEvent } from '../../shared/domain/fold.ts'
import type { StreamEvent, Verdict } from '../../shared/wire/exchange.ts'
import type { LawBooks } from '../law/law-books.ts'
import type { Desk } from '../store/desks.ts'
import type { Incident } from '../store/incidents.ts'
import { eventsPerTurn, type ReadEvent } from './read-batch.ts'

/** What the unit already holds of the things a batch speaks about. */
export interface Known {
  readonly seq: number
  readonly accepted: ReadonlyMap<string, StreamEvent>
  readonly refused: ReadonlyMap<string, { readonly code: string; readonly text: string }>
  readonly dossiers: ReadonlyMap<string, Dossier>
  /** Dossier numbers in use, by the event that gave them. */
  readonly numbers: ReadonlyMap<string, string>
}

export interface AcceptedEvent extends StreamEvent {
  readonly stored: StoredEvent
}

export interface Judged {
  readonly verdicts: readonly Verdict[]
  readonly accepted: readonly AcceptedEvent[]
  readonly refused: readonly { readonly eventId: string; readonly code: string; readonly text: string }[]
  readonly incidents: readonly Incident[]
}

/**
 * ```
 * known: fold of each dossier ──┐
 * event ─► seen before? ────────┼─► the first verdict again
 *          foreign? altered? ───┼─► refused, incident
 *          admit (shared rules) ┴─► accepted (takes the next place of the stream) · parked · refused
 * ```
 * 1. Events are judged in the order they came; each sees what the ones before it did.
 * 2. A verdict once given is given again; only a parked event is judged anew.
 * 3. A unit's dossiers are found under that unit alone, so an event can never reach another unit's dossier.
 */
export async function judgeBatch(
  desk: Desk,
  batch: readonly ReadEvent[],
  known: Known,
  books: LawBooks,
  receivedAt: string,
): Promise<Judged> {
  const accepted = new Map<string, AcceptedEvent>()
  const refused = new Map<string, { eventId: string; code: string; text: string }>()
  const dossiers = new Map(known.dossiers)
  const numbers = new Map(known.numbers)
  const verdicts: Verdict[] = []
  const incidents: Incident[] = []
  for (const [index, read] of batch.entries()) {
    if (index % eventsPerTurn === eventsPerTurn - 1) await breathe()
    verdicts.push(judge(read))
  }
  return { verdicts, accepted: [...accepted.values()], refused: [...refused.values()], incidents }

  function judge({ own, kept, eventId, stored }: ReadEvent): Verdict {
    const before = known.accepted.get(eventId) ?? accepted.get(eventId)
    if (before && before.text === own.text) {
      return { eventId, verdict: 'accepted', seq: before.seq, findings: before.findings }
    }
    const refusedBefore = known.refused.get(eventId) ?? refused.get(eventId)
    if (!before && refusedBefore?.text === kept) return { eventId, verdict: 'refused', code: refusedBefore.code }
    if (before || refusedBefore) {
      incidents.push({ code: 'event/altered', subject: eventId })
      return { eventId, verdict: 'refused', code: 'event/altered' }
    }
    const refuse = (code: string): Verdict => {
      refused.set(eventId, { eventId, code, text: kept })
      return { eventId, verdict: 'refused', code }
    }
    if (!stored) return refuse('event/malformed')
    if (stored.deskId !== desk.deskId || stored.unitId !== desk.unitId) {
      incidents.push({ code: 'event/foreign', subject: eventId })
      return refuse('event/foreign')
    }
    const context = books.contextFor(stored)
    if (!context) return { eventId, verdict: 'parked', waitsFor: stored.seq }
    const dossier = dossiers.get(stored.dossierId)
    const admission = admit(dossier, stored, context)
    if (admission.verdict === 'parked') return { eventId, ...admission }
    if (admission.verdict === 'refused') return refuse(admission.code)
    const findings = [...admission.findings, ...duplicateNumber(stored, numbers)]
    const seq = known.seq + accepted.size + 1
    accepted.set(eventId, { seq, text: own.text, receivedAt, findings, stored })
    const next = applyEvent(dossier, stored)
    if (next) dossiers.set(stored.dossierId, next)
    return { eventId, verdict: 'accepted', seq, findings }
  }
}

/** The number a received dossier was given. */
export function findNumber(stored: StoredEvent): string | undefined {
  const event = findKnownEvent(stored)
  return event?.type === 'dossier-received' ? event.body.number.text : undefined
}

function duplicateNumber(stored: StoredEvent, numbers: Map<string, string>): readonly { code: string }[] {
  const number = findNumber(stored)
  if (number === undefined) return []
  if (numbers.has(number)) return [{ code: 'finding/duplicate-number' }]
  numbers.set(number, stored.id)
  return []
}
