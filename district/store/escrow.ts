import type { Instant } from '../../shared/core/time.ts'
import type { EscrowDeposit } from '../../shared/wire/escrow.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

/** Keeps a desk's sealed data key. A deposit under the same recovery key replaces the former one. */
export async function saveEscrow(store: Queryable, desk: Desk, deposit: EscrowDeposit, at: Instant): Promise<void> {
  await store.query(
    `insert into desk_escrow (unit_id, desk_id, key_id, sealed, received_at) values ($1, $2, $3, $4, $5)
     on conflict (unit_id, desk_id, key_id) do update set sealed = excluded.sealed, received_at = excluded.received_at`,
    [desk.unitId, desk.deskId, deposit.keyId, deposit.sealed, at],
  )
}

export async function findEscrow(store: Queryable, desk: Desk, keyId: string): Promise<Buffer | undefined> {
  const { rows } = await store.query<{ sealed: string }>(
    'select sealed from desk_escrow where unit_id = $1 and desk_id = $2 and key_id = $3',
    [desk.unitId, desk.deskId, keyId],
  )
  return rows[0] && Buffer.from(rows[0].sealed, 'base64')
}

/** Keeps an old desk's data key, sealed again to the letter box of the desk that takes its place. */
export async function lendKey(
  store: Queryable,
  desk: Desk,
  oldDeskId: string,
  sealed: Buffer,
  at: Instant,
): Promise<void> {
  await store.query(
    `insert into lent_key (unit_id, desk_id, old_desk_id, sealed, lent_at) values ($1, $2, $3, $4, $5)
     on conflict (unit_id, desk_id, old_desk_id) do update set sealed = excluded.sealed, lent_at = excluded.lent_at`,
    [desk.unitId, desk.deskId, oldDeskId, sealed.toString('base64'), at],
  )
}

export async function findLentKey(store: Queryable, desk: Desk, oldDeskId: string): Promise<string | undefined> {
  const { rows } = await store.query<{ sealed: string }>(
    'select sealed from lent_key where unit_id = $1 and desk_id = $2 and old_desk_id = $3',
    [desk.unitId, desk.deskId, oldDeskId],
  )
  return rows[0]?.sealed
}
