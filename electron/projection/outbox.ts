import { receptionOf } from '../../shared/domain/dossier.ts'
import { findKnownEvent, type StoredEvent } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import { shortNumber } from '../../shared/domain/numbering.ts'
import type { OutboxEntry, OutboxView } from '../../shared/ipc/view.ts'
import type { EventEntry } from '../journal/event-entry.ts'
import type { Journal } from '../journal/journal.ts'

/** What this desk has not handed to the district yet, what came back, and what was taken lately. */
export async function outboxOf(
  journal: Journal,
  isSending: (eventId: string) => boolean,
  isParked: (eventId: string) => boolean,
  limit: number,
): Promise<OutboxView> {
  const { index } = journal
  const unsent = [...index.unsent.values()]
  const scans = [...index.unsentScans.values()]
  const returned = [...index.refused.values()]
  const unsentBytes =
    scans.reduce((sum, scan) => sum + scan.bytes, 0) + unsent.reduce((sum, entry) => sum + entry.place.bytes, 0)
  return {
    entries: await Promise.all([...returned, ...unsent].slice(0, limit).map(toEntry)),
    unsentEvents: unsent.length,
    unsentScans: scans.length,
    unsentBytes,
    lastAccepted: await Promise.all(
      index.lastAccepted().map(async ({ entry, acceptedAt }) => ({ ...(await toEntry(entry)), acceptedAt })),
    ),
  }

  async function toEntry(entry: EventEntry): Promise<OutboxEntry> {
    const event = await journal.eventOf(entry)
    const dossier = foldDossier(await journal.history(entry.dossierId))
    const number = dossier && receptionOf(dossier)?.number.text
    return {
      eventId: event.id,
      dossierId: event.dossierId,
      type: event.type,
      at: event.at,
      state: stateOf(entry),
      ...(entry.refusedCode ? { code: entry.refusedCode } : {}),
      ...(number ? { number: shortNumber(number) } : {}),
      applicantName: dossier?.applicant.name ?? '',
      bytes: JSON.stringify(event).length + scanBytesOf(event),
    }
  }

  function stateOf(entry: EventEntry): OutboxEntry['state'] {
    if (entry.refusedCode !== undefined) return 'returned'
    if (isParked(entry.eventId)) return 'parked'
    return isSending(entry.eventId) ? 'sending' : 'waiting'
  }
}

function scanBytesOf(stored: StoredEvent): number {
  const event = findKnownEvent(stored)
  if (event?.type !== 'dossier-received') return 0
  return event.body.documents.flatMap((document) => document.scans).reduce((sum, scan) => sum + scan.bytes, 0)
}
