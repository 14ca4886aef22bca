import { type Admission, admit } from '../../shared/domain/admission.ts'
import type { Dossier } from '../../shared/domain/dossier.ts'
import { findKnownEvent, isWitnessed, type StoredEvent } from '../../shared/domain/event.ts'
import { applyEvent } from '../../shared/domain/fold.ts'
import { type EventText, isSameText } from '../../shared/wire/event-text.ts'
import type { StreamEvent, Verdict } from '../../shared/wire/exchange.ts'
import type { LawBooks } from '../law/law-books.ts'
import type { Desk } from '../store/desks.ts'
import type { Incident } from '../store/incidents.ts'
import { judgingOrder, predecessorsIn, type RefusedPlace } from './predecessors.ts'
import type { ReadEvent } from './read-batch.ts'
import { nextTurn, turnEnds } from './turns.ts'

/** An event that has its place in the stream. */
export interface HeldEvent extends Pick<StreamEvent, 'seq' | 'eventId' | 'receivedAt' | 'findings'> {
  readonly text: EventText
}

/** What the unit already holds of the things a batch speaks about. */
export interface Known {
  readonly seq: number
  readonly accepted: ReadonlyMap<string, HeldEvent>
  readonly refused: ReadonlyMap<string, { readonly code: string; readonly text: EventText }>
  /** Events of this desk, refused and not replaced, in the dossiers the batch speaks about. */
  readonly refusedPlaces: readonly RefusedPlace[]
  /** Witnessed acts of the batch that were parked in an earlier one. */
  readonly parkedBefore: ReadonlySet<string>
  readonly dossiers: ReadonlyMap<string, Dossier>
  /** Dossier numbers in use, by the event that gave them. */
  readonly numbers: ReadonlyMap<string, string>
}

export interface AcceptedEvent extends HeldEvent {
  readonly stored: StoredEvent
}

export interface RefusedEvent extends RefusedPlace {
  readonly text: EventText
}

export interface Judged {
  readonly verdicts: readonly Verdict[]
  readonly accepted: readonly AcceptedEvent[]
  readonly refused: readonly RefusedEvent[]
  readonly incidents: readonly Incident[]
}

/**
 * ```
 * known: fold of each dossier ──┐
 * event ─► seen before? ────────┼─► the first verdict again
 *          foreign? altered? ───┼─► refused, incident
 *          admit (shared rules) ┴─► accepted (takes the next place of the stream) · parked · refused
 * ```
 * 1. Events are judged in the order they came, each sees what the ones before it did; but a witnessed act goes behind
 *    the rebased events of its dossier that leave no room for it: it was parked so that they need not come after it.
 * 2. Behind an event that lost a race in this batch, nothing of its desk is accepted in that dossier: it comes back first. Nor is
 *    a witnessed act behind one that is parked, though its place may fit by now.
 * 3. Nothing is parked behind a refused event twice: brought again without it, a witnessed act stands, with a finding.
 * 4. An event the rules break down on is refused like one that cannot be read, and only that one.
 * 5. A verdict once given is given again; only a parked event is judged anew.
 * 6. A unit's dossiers are found under that unit alone, so an event can never reach another unit's dossier.
 */
export async function judgeBatch(
  desk: Desk,
  batch: readonly ReadEvent[],
  known: Known,
  books: LawBooks,
  receivedAt: string,
): Promise<Judged> {
  const accepted = new Map<string, AcceptedEvent>()
  const refused = new Map<string, RefusedEvent>()
  const dossiers = new Map(known.dossiers)
  const numbers = new Map(known.numbers)
  const predecessors = predecessorsIn(known.refusedPlaces, known.parkedBefore, batch)
  const verdicts = new Map<ReadEvent, Verdict>()
  const incidents: Incident[] = []
  for (const [index, read] of judgingOrder(batch, (dossierId) => known.dossiers.get(dossierId)?.seq ?? 0).entries()) {
    if (turnEnds(index)) await nextTurn()
    const verdict = judge(read)
    verdicts.set(read, verdict)
    if (verdict.verdict === 'refused' && verdict.code !== 'event/altered')
      predecessors.noteRefused(placeOf(read, verdict.code))
    if (verdict.verdict === 'parked' && read.stored && !isWitnessed(read.stored.type))
      predecessors.noteParked({ dossierId: read.dossierId, n: read.own.chain.n })
  }
  return {
    verdicts: batch.flatMap((read) => verdicts.get(read) ?? []),
    accepted: [...accepted.values()],
    refused: [...refused.values()],
    incidents,
  }

  function judge(read: ReadEvent): Verdict {
    const { own, kept, eventId, stored } = read
    const before = known.accepted.get(eventId) ?? accepted.get(eventId)
    if (before && isSameText(before.text, own.text)) {
      return acceptedAs(before)
    }
    const refusedBefore = known.refused.get(eventId) ?? refused.get(eventId)
    if (!before && refusedBefore && isSameText(refusedBefore.text, kept))
      return { eventId, verdict: 'refused', code: refusedBefore.code }
    if (before || refusedBefore) {
      incidents.push({ code: 'event/altered', subject: eventId })
      return { eventId, verdict: 'refused', code: 'event/altered' }
    }
    const refuse = (code: string): Verdict => {
      refused.set(eventId, { ...placeOf(read, code), text: kept })
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
    const admission = admitSafely(eventId, dossier, stored, {
      ...context,
      predecessor: predecessors.of(stored, own.chain.n),
    })
    if (admission.verdict === 'parked') return { eventId, ...admission }
    if (admission.verdict === 'refused') return refuse(admission.code)
    const findings = [...admission.findings, ...duplicateNumber(stored, numbers)]
    const seq = known.seq + accepted.size + 1
    const held: AcceptedEvent = { seq, eventId, text: own.text, receivedAt, findings, stored }
    accepted.set(eventId, held)
    const next = applyEvent(dossier, stored)
    if (next) dossiers.set(stored.dossierId, next)
    return acceptedAs(held)
  }

  /** The rules are total over what the schemas let through; should one break off all the same, the others still pass. */
  function admitSafely(eventId: string, ...judged: Parameters<typeof admit>): Admission {
    try {
      return admit(...judged)
    } catch {
      incidents.push({ code: 'event/unjudgeable', subject: eventId })
      return { verdict: 'refused', code: 'event/malformed' }
    }
  }
}

function acceptedAs({ eventId, seq, receivedAt, findings }: HeldEvent): Verdict {
  return { eventId, verdict: 'accepted', seq, receivedAt, findings }
}

function placeOf({ own, eventId, dossierId, stored }: ReadEvent, code: string): RefusedPlace {
  return { eventId, dossierId, n: own.chain.n, code, replaces: stored?.rebasedFrom }
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
