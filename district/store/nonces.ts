import type { Instant } from '../../shared/core/time.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

/** True the first time a desk uses this nonce. */
export async function takeNonce(store: Queryable, desk: Desk, nonce: string, expiresAt: Instant): Promise<boolean> {
  const { rowCount } = await store.query(
    `insert into request_nonce (unit_id, desk_id, nonce, expires_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [desk.unitId, desk.deskId, nonce, expiresAt],
  )
  return rowCount === 1
}

export async function dropExpiredNonces(store: Queryable, now: Instant): Promise<void> {
  await store.query('delete from request_nonce where expires_at < $1', [now])
}
