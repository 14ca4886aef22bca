import { assertNever } from '../core/assert.ts'
import { touchesReceipt, withChanges } from './correction.ts'
import { type Dossier, receptionOf } from './dossier.ts'
import { type DossierEvent, findKnownEvent, type StoredEvent } from './event.ts'

/**
 * events ──fold──► dossier
 *
 * 1. Total: any sequence of stored events folds without throwing; what does not fit changes nothing but `seq`.
 * 2. The same events in the same order give the same dossier, on desk and district.
 * 3. An event of an unknown type is counted in `newerEvents`, never dropped.
 * 4. A witnessed act always shows: a hand-over stands even if the dossier was not marked finished.
 */
export function foldDossier(events: readonly StoredEvent[]): Dossier | undefined {
  return events.reduce<Dossier | undefined>(applyEvent, undefined)
}

export function applyEvent(dossier: Dossier | undefined, stored: StoredEvent): Dossier | undefined {
  const event = findKnownEvent(stored)
  if (!dossier) return event ? openDossier(event) : undefined
  const counted = { ...dossier, seq: dossier.seq + 1, lastEventAt: event?.at ?? stored.at }
  return event ? advance(counted, event) : { ...counted, newerEvents: dossier.newerEvents + 1 }
}

function openDossier(event: DossierEvent): Dossier | undefined {
  if (event.type !== 'dossier-received' && event.type !== 'intake-refused') return undefined
  const common = {
    id: event.dossierId,
    unitId: event.unitId,
    seq: 1,
    procedure: event.body.procedure,
    applicant: event.body.applicant,
    notes: [],
    lastEventAt: event.at,
    newerEvents: 0,
  }
  if (event.type === 'intake-refused') {
    return {
      ...common,
      state: { status: 'refused', refusedAt: event.at, staffId: event.staffId, reason: event.body.reason },
    }
  }
  const { number, channel, delegate, declaration, documents, fee, due, delivery } = event.body
  const reception = {
    number,
    at: event.effectiveAt ?? event.at,
    staffId: event.staffId,
    channel,
    ...(delegate ? { delegate } : {}),
    declaration,
    documents,
    fee,
    due,
    delivery,
  }
  return { ...common, state: { status: 'received', reception } }
}

function advance(dossier: Dossier, event: DossierEvent): Dossier {
  const reception = receptionOf(dossier)
  const { state } = dossier
  switch (event.type) {
    case 'note-added':
      return { ...dossier, notes: [...dossier.notes, { at: event.at, staffId: event.staffId, text: event.body.text }] }
    case 'processing-started':
      if (state.status !== 'received') return dossier
      return {
        ...dossier,
        state: { status: 'in-processing', reception: state.reception, startedAt: event.at, staffId: event.staffId },
      }
    case 'dossier-finished':
      if (state.status !== 'received' && state.status !== 'in-processing') return dossier
      return {
        ...dossier,
        state: {
          status: 'finished',
          reception: state.reception,
          finishedAt: event.at,
          deliverable: event.body.deliverable,
        },
      }
    case 'deliverable-handed-over':
      if (!reception || state.status === 'handed-over') return dossier
      return {
        ...dossier,
        state: {
          status: 'handed-over',
          reception,
          handedOverAt: event.at,
          recipient: event.body.recipient,
          ...(state.status === 'finished' ? { deliverable: state.deliverable } : {}),
        },
      }
    case 'dossier-corrected':
      return {
        ...withChanges(dossier, event.body.changes),
        ...(event.body.changes.some(touchesReceipt) ? { receiptChangedAt: event.at } : {}),
      }
    case 'finding-closed': {
      const { findingOf, note } = event.body
      const closed = { findingOf, at: event.at, staffId: event.staffId, note }
      return { ...dossier, closedFindings: [...(dossier.closedFindings ?? []), closed] }
    }
    case 'returned-withdrawn':
    case 'dossier-received':
    case 'intake-refused':
      return dossier
    default:
      return assertNever(event)
  }
}
