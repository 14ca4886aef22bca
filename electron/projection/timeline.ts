import type { EventId } from '../../shared/core/ids.ts'
import { formersOf } from '../../shared/domain/event.ts'
import type { TimelineEntry } from '../../shared/ipc/view.ts'
import { type EventEntry, orderedEvents } from '../journal/event-entry.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'

/**
 * A dossier's timeline (diễn biến), oldest first. Refused events stand behind it with their code: those decided again are the
 * same act and left out; those an officer answered stay, and name their answer.
 */
export async function timelineOf(
  journal: Journal,
  reference: ReferenceStore,
  isSending: (eventId: string) => boolean,
  isParked: (eventId: string) => boolean,
  dossierId: string,
): Promise<readonly TimelineEntry[]> {
  const dossier = journal.index.dossiers.get(dossierId)
  if (!dossier) return []
  const refused = dossier.events.filter((event) => event.refusedCode !== undefined)
  const shown = await Promise.all(refused.map(async (entry) => ((await isDecidedAgain(entry)) ? [] : [entry])))
  return Promise.all([...orderedEvents(dossier), ...shown.flat()].map(toEntry))

  async function isDecidedAgain({ eventId, rebasedTo }: EventEntry): Promise<boolean> {
    const next = rebasedTo === undefined ? undefined : journal.index.events.get(rebasedTo)
    if (next === undefined) return false
    return formersOf(await journal.eventOf(next)).some((id) => id === eventId)
  }

  async function toEntry(entry: EventEntry): Promise<TimelineEntry> {
    const event = await journal.eventOf(entry)
    const staffName = reference.findStaff(event.staffId)?.name
    const deskName = reference.findDeskName(event.deskId)
    return {
      eventId: event.id,
      type: event.type,
      at: event.at,
      ...(event.effectiveAt ? { effectiveAt: event.effectiveAt } : {}),
      staffId: event.staffId,
      ...(staffName ? { staffName } : {}),
      deskId: event.deskId,
      ...(deskName ? { deskName } : {}),
      own: entry.own,
      exchange: stateOf(entry),
      ...(entry.refusedCode ? { code: entry.refusedCode } : {}),
      ...(entry.refusedCode && entry.rebasedTo ? { answeredBy: entry.rebasedTo as EventId } : {}),
      findings: entry.findings,
      body: event.body,
    }
  }

  function stateOf(entry: EventEntry): TimelineEntry['exchange'] {
    if (entry.refusedCode !== undefined) return 'returned'
    if (entry.streamSeq !== undefined) return 'accepted'
    if (isParked(entry.eventId)) return 'parked'
    return isSending(entry.eventId) ? 'sending' : 'waiting'
  }
}
