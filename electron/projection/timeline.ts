import type { TimelineEntry } from '../../shared/ipc/view.ts'
import type { Journal } from '../journal/journal.ts'
import { type EventEntry, orderedEvents } from '../journal/journal-index.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import type { SendingProbe } from './projection.ts'

/** A dossier's timeline (diễn biến), oldest first; refused events stand in it with their code unless replaced. */
export async function timelineOf(
  journal: Journal,
  reference: ReferenceStore,
  isSending: SendingProbe,
  isParked: (eventId: string) => boolean,
  dossierId: string,
): Promise<readonly TimelineEntry[]> {
  const dossier = journal.index.dossiers.get(dossierId)
  if (!dossier) return []
  const refused = dossier.events.filter((event) => event.refusedCode !== undefined && event.rebasedTo === undefined)
  return Promise.all([...orderedEvents(dossier), ...refused].map(toEntry))

  async function toEntry(entry: EventEntry): Promise<TimelineEntry> {
    const event = await journal.eventOf(entry)
    const staffName = reference.findStaff(event.staffId)?.name
    return {
      eventId: event.id,
      type: event.type,
      at: event.at,
      ...(event.effectiveAt ? { effectiveAt: event.effectiveAt } : {}),
      staffId: event.staffId,
      ...(staffName ? { staffName } : {}),
      deskId: event.deskId,
      own: entry.own,
      exchange: stateOf(entry),
      ...(entry.refusedCode ? { code: entry.refusedCode } : {}),
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
