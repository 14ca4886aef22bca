import type { Instant } from '../../shared/core/time.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

/**
 * Something a leader or an engineer should look at. It is written down once, counted and opened again when it comes again,
 * and blocks nothing.
 */
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
    | 'event/left-parked'
    | 'desk/may-have-unsent'
  /** A place of the chain (the last one known, for a desk shut out), a stretch `from-to`, or an event id. Never content. */
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
       on conflict (unit_id, desk_id, code, subject) do update
         set last_at = excluded.last_at, times = known.times + 1, closed_at = null`,
      [desk.unitId, desk.deskId, code, subject, at],
    )
  }
}

/** Leaves of one kind of incident only the one that says where things stand now. */
export async function moveIncident(store: Queryable, desk: Desk, incident: Incident, at: Instant): Promise<void> {
  await store.query(
    `update incident set closed_at = $5
     where unit_id = $1 and desk_id = $2 and code = $3 and subject <> $4 and closed_at is null`,
    [desk.unitId, desk.deskId, incident.code, incident.subject, at],
  )
  await openIncidents(store, desk, [incident], at)
}

/** What no longer holds. */
export async function closeIncidents(store: Queryable, desk: Desk, code: Incident['code'], at: Instant): Promise<void> {
  await store.query(
    'update incident set closed_at = $4 where unit_id = $1 and desk_id = $2 and code = $3 and closed_at is null',
    [desk.unitId, desk.deskId, code, at],
  )
}

/** Events of desks shut out that have got their verdict. */
export async function closeSettledParked(store: Queryable, at: Instant): Promise<void> {
  await store.query(
    `update incident i set closed_at = $1 where code = 'event/left-parked' and closed_at is null and not exists (
       select from parked_event p where p.unit_id = i.unit_id and p.desk_id = i.desk_id and p.event_id = i.subject)`,
    [at],
  )
}

/** Stretches of the desk's chain that never came, or came before a restore. */
export async function readOpenGaps(store: Queryable, desk: Desk): Promise<{ from: number; to: number }[]> {
  const { rows } = await store.query<{ subject: string }>(
    `select subject from incident where unit_id = $1 and desk_id = $2 and code = 'chain/gap' and closed_at is null`,
    [desk.unitId, desk.deskId],
  )
  return rows.map(({ subject }) => {
    const [from = 0, to = 0] = subject.split('-').map(Number)
    return { from, to }
  })
}

/** A gap whose places have all come since is closed. */
export async function closeFilledGaps(store: Queryable, desk: Desk, at: Instant): Promise<void> {
  for (const { from, to } of await readOpenGaps(store, desk)) {
    await store.query(
      `update incident set closed_at = $4 where unit_id = $1 and desk_id = $2 and code = 'chain/gap' and subject = $3
       and (select count(*) from chain_link c where c.unit_id = $1 and c.desk_id = $2 and c.n between $5 and $6) = $7`,
      [desk.unitId, desk.deskId, `${from}-${to}`, at, from, to, to - from + 1],
    )
  }
}
