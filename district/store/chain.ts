import { chainStart } from '../../shared/wire/own-event.ts'
import type { HeldChain, Link } from '../exchange/check-chain.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'
import { textArray } from './text-array.ts'

export async function readChainHead(store: Queryable, desk: Desk): Promise<{ n: number; link: string }> {
  const { rows } = await store.query<{ n: number; link: string }>(
    'select n, link from chain_link where unit_id = $1 and desk_id = $2 order by n desc limit 1',
    [desk.unitId, desk.deskId],
  )
  return rows[0] ?? { n: 0, link: chainStart }
}

/** The head, and the places at and beside the incoming ones. */
export async function readChain(store: Queryable, desk: Desk, places: readonly number[]): Promise<HeldChain> {
  const asked = [...new Set(places.flatMap((n) => [n - 1, n, n + 1]))].filter((n) => n >= 1)
  const [head, { rows }] = await Promise.all([
    readChainHead(store, desk),
    store.query<{ n: number; event_id: string; body_hash: string; link: string }>(
      'select n, event_id, body_hash, link from chain_link where unit_id = $1 and desk_id = $2 and n = any($3::bigint[])',
      [desk.unitId, desk.deskId, asked],
    ),
  ])
  const links = rows.map(({ n, event_id, body_hash, link }) => ({ n, eventId: event_id, bodyHash: body_hash, link }))
  return { head, links: new Map(links.map((link) => [link.n, link])) }
}

export async function addLinks(session: Queryable, desk: Desk, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return
  await session.query(
    `insert into chain_link (unit_id, desk_id, n, event_id, salt, body_hash, link)
     select $1, $2, * from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    [
      desk.unitId,
      desk.deskId,
      links.map(({ n }) => n),
      textArray(links.map(({ eventId }) => eventId)),
      textArray(links.map(({ salt }) => salt)),
      textArray(links.map(({ bodyHash }) => bodyHash)),
      textArray(links.map(({ link }) => link)),
    ],
  )
}

/** Kept beside the very link it covers: with it the batch proves itself by any road. */
export async function noteHeadSignature(
  session: Queryable,
  desk: Desk,
  head: { readonly n: number; readonly link: string; readonly signature: string },
): Promise<void> {
  const signature = Buffer.from(head.signature, 'base64').toString('base64')
  await session.query(
    'update chain_link set signature = $5 where unit_id = $1 and desk_id = $2 and n = $3 and link = $4',
    [desk.unitId, desk.deskId, head.n, head.link, signature],
  )
}
