import type { Instant } from '../../shared/core/time.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import type { ReadEvent } from '../exchange/read-batch.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

/** Keeps events that wait for another one; the first text of each stays, as the first link of a place does. */
export async function keepParked(
  session: Queryable,
  desk: Desk,
  events: readonly ReadEvent[],
  receivedAt: Instant,
): Promise<void> {
  if (events.length === 0) return
  await session.query(
    `insert into parked_event (unit_id, desk_id, received_at, event_id, n, salt, body_hash, link, text)
     select $1, $2, $3::timestamptz, * from unnest($4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
     on conflict do nothing`,
    [
      desk.unitId,
      desk.deskId,
      receivedAt,
      events.map(({ eventId }) => eventId),
      events.map(({ own }) => own.chain.n),
      events.map(({ own }) => own.chain.salt),
      events.map(({ own }) => own.chain.bodyHash),
      events.map(({ own }) => own.chain.link),
      events.map(({ own }) => String(own.text)),
    ],
  )
}

/** Rows stay when their event gets its verdict, so that no exchange pays for looking; here they are taken away. */
export async function dropSettled(store: Queryable): Promise<void> {
  await store.query(
    `delete from parked_event p
     where exists (select from event e where e.unit_id = p.unit_id and e.event_id = p.event_id)
       or exists (select from refused_event r
         where r.unit_id = p.unit_id and r.desk_id = p.desk_id and r.event_id = p.event_id)`,
  )
}

export async function readParked(session: Queryable, desk: Desk): Promise<readonly (OwnEvent & { eventId: string })[]> {
  const { rows } = await session.query<{
    event_id: string
    n: number
    salt: string
    body_hash: string
    link: string
    text: string
  }>(
    `select event_id, n, salt, body_hash, link, text from parked_event
     where unit_id = $1 and desk_id = $2 order by n`,
    [desk.unitId, desk.deskId],
  )
  return rows.map(({ event_id, n, salt, body_hash, link, text }) => ({
    eventId: event_id,
    text,
    chain: { n, salt, bodyHash: body_hash, link },
  }))
}

/** Which of a desk's events wait, or have waited until lately. */
export async function readParkedAmong(
  session: Queryable,
  { unitId, deskId }: Desk,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (eventIds.length === 0) return new Set()
  const { rows } = await session.query<{ event_id: string }>(
    'select event_id from parked_event where unit_id = $1 and desk_id = $2 and event_id = any($3::text[])',
    [unitId, deskId, eventIds],
  )
  return new Set(rows.map(({ event_id }) => event_id))
}

/** Desks shut out before a moment, of which something still waits. */
export async function findLeftParked(store: Queryable, retiredBefore: Instant): Promise<readonly string[]> {
  const { rows } = await store.query<{ desk_id: string }>(
    `select distinct d.desk_id from desk d join parked_event p on p.unit_id = d.unit_id and p.desk_id = d.desk_id
     where d.retired_at < $1`,
    [retiredBefore],
  )
  return rows.map(({ desk_id }) => desk_id)
}
