import type { Instant } from '../../shared/core/time.ts'
import { readChainHead } from '../store/chain.ts'
import { type Desk, retireDesk } from '../store/desks.ts'
import { moveIncident, openIncidents } from '../store/incidents.ts'
import { readParked } from '../store/parked-events.ts'
import type { Queryable } from '../store/pool.ts'

/** Shuts a desk out for good, as when another one takes its place. */
export async function fenceDesk(session: Queryable, desk: Desk, at: Instant): Promise<void> {
  await retireDesk(session, desk.deskId, at)
  await noteMayHaveUnsent(session, desk, at)
}

/**
 * What a desk that was shut out did after the last place of its chain seen here may be lost with it. That stands as an
 * incident, and moves on when a backup or a courier file brings more: even a backup ends before its PC did. What waits here
 * for another event (`judge-left-parked.ts`) is named, too.
 */
export async function noteMayHaveUnsent(session: Queryable, desk: Desk, at: Instant): Promise<void> {
  const { n } = await readChainHead(session, desk)
  await moveIncident(session, desk, { code: 'desk/may-have-unsent', subject: String(n) }, at)
  const parked = await readParked(session, desk)
  await openIncidents(
    session,
    desk,
    parked.map(({ eventId }) => ({ code: 'event/left-parked', subject: eventId })),
    at,
  )
}
