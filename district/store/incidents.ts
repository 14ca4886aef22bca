import type { Instant } from '../../shared/core/time.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

/** Something a leader or an engineer should look at. It is written down once, counted when it comes again, and blocks nothing. */
export interface Incident {
  readonly code:
    | 'chain/gap'
    | 'chain/fork'
    | 'chain/broken-link'
    | 'chain/body-mismatch'
    | 'chain/bad-head-signature'
    | 'event/altered'
    | 'event/foreign'
    | 'event/unjudgeable'
  /** A place of the chain, a stretch `from-to`, or an event id. Never content. */
  readonly subject: string
}

export async function openIncidents(
  store: Queryable,
  desk: Desk,
  incidents: readonly Incident[],
  at: Instant,
): Promise<void> {
  for (const { code, subject } of incidents) {
    await store.query(
      `insert into incident as known (unit_id, desk_id, code, subject, first_at, last_at) values ($1, $2, $3, $4, $5, $5)
       on conflict (unit_id, desk_id, code, subject) do update set last_at = excluded.last_at, times = known.times + 1`,
      [desk.unitId, desk.deskId, code, subject, at],
    )
  }
}

/** A gap whose places have all come since is closed. */
export async function closeFilledGaps(store: Queryable, desk: Desk, at: Instant): Promise<void> {
  const { rows } = await store.query<{ subject: string }>(
    `select subject from incident where unit_id = $1 and desk_id = $2 and code = 'chain/gap' and closed_at is null`,
    [desk.unitId, desk.deskId],
  )
  for (const { subject } of rows) {
    const [from = 0, to = 0] = subject.split('-').map(Number)
    await store.query(
      `update incident set closed_at = $4 where unit_id = $1 and desk_id = $2 and code = 'chain/gap' and subject = $3
       and (select count(*) from chain_link c where c.unit_id = $1 and c.desk_id = $2 and c.n between $5 and $6) = $7`,
      [desk.unitId, desk.deskId, subject, at, from, to, to - from + 1],
    )
  }
}
