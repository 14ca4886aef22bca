import type { Instant } from '../../shared/core/time.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

export interface Nonce {
  readonly nonce: string
  readonly expiresAt: Instant
}

/** True the first time a desk uses this nonce; it was then heard of at `at`. */
export async function takeNonce(
  store: Queryable,
  desk: Desk,
  { nonce, expiresAt }: Nonce,
  at: Instant,
): Promise<boolean> {
  const { rowCount } = await store.query(
    `with fresh as (
       insert into request_nonce (unit_id, desk_id, nonce, expires_at) values ($1, $2, $3, $4)
       on conflict do nothing returning unit_id, desk_id
     )
     insert into desk_contact (unit_id, desk_id, at) select unit_id, desk_id, $5 from fresh
     on conflict (unit_id, desk_id) do update set at = excluded.at`,
    [desk.unitId, desk.deskId, nonce, expiresAt, at],
  )
  return rowCount === 1
}

export async function dropExpiredNonces(store: Queryable, now: Instant): Promise<void> {
  await store.query('delete from request_nonce where expires_at < $1', [now])
}
