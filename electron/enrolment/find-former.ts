import type { StoredEvent } from '../../shared/domain/event.ts'
import type { EnrolmentRequest } from '../../shared/wire/enrolment.ts'
import type { EventEntry } from '../journal/event-entry.ts'
import type { Journal } from '../journal/journal.ts'

export type FormerDesk = NonNullable<EnrolmentRequest['former']>

/** Which desk this PC was, as the last events it made tell: for when the identity is gone and the journal is not. */
export async function findFormer(journal: Journal): Promise<FormerDesk | undefined> {
  let last: EventEntry | undefined
  let lastReception: EventEntry | undefined
  for (const entry of journal.index.events.values()) {
    if (!entry.own) continue
    last = entry
    if (entry.type === 'dossier-received') lastReception = entry
  }
  if (!last) return undefined
  const { deskId, unitId } = await journal.eventOf(last)
  return { deskId, unitId, lane: lastReception ? laneOf(await journal.eventOf(lastReception)) : 1 }
}

function laneOf({ body }: StoredEvent): number {
  return (body.number as { readonly lane: number }).lane
}
