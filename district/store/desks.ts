import type { DeskId, UnitId } from '../../shared/core/ids.ts'
import type { Instant } from '../../shared/core/time.ts'
import type { NumberLane } from '../../shared/domain/numbering.ts'
import type { Queryable } from './pool.ts'

export interface Desk {
  readonly deskId: DeskId
  readonly unitId: UnitId
  readonly name: string
  /** Ed25519, raw 32 bytes in base64. */
  readonly publicKey: string
  /** Public half of the desk's letter box (`shared/node/sealed-box.ts`); empty for a desk older than letter boxes. */
  readonly boxKey: string
  readonly lane: NumberLane
  readonly retired: boolean
  /** The dead desk whose place it took. */
  readonly replaces?: string
}

interface DeskRow {
  desk_id: string
  unit_id: string
  name: string
  public_key: string
  box_key: string
  lane: number
  lane_first: number
  lane_last: number
  lane_valid_until: string
  retired_at: Date | null
  replaces: string | null
}

export async function findDesk(store: Queryable, deskId: string): Promise<Desk | undefined> {
  const { rows } = await store.query<DeskRow>('select * from desk where desk_id = $1', [deskId])
  const row = rows[0]
  return (
    row && {
      deskId: row.desk_id as DeskId,
      unitId: row.unit_id as UnitId,
      name: row.name,
      publicKey: row.public_key,
      boxKey: row.box_key,
      lane: { id: row.lane, first: row.lane_first, last: row.lane_last, validUntil: row.lane_valid_until },
      retired: row.retired_at !== null,
      ...(row.replaces ? { replaces: row.replaces } : {}),
    }
  )
}

export async function addDesk(store: Queryable, desk: Desk, at: Instant): Promise<void> {
  const { id, first, last, validUntil } = desk.lane
  await store.query(
    `insert into desk (desk_id, unit_id, name, public_key, box_key, lane, lane_first, lane_last, lane_valid_until, enrolled_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [desk.deskId, desk.unitId, desk.name, desk.publicKey, desk.boxKey, id, first, last, validUntil, at],
  )
}

export async function changeLane(store: Queryable, { deskId, lane }: Desk): Promise<void> {
  await store.query(
    'update desk set lane = $2, lane_first = $3, lane_last = $4, lane_valid_until = $5 where desk_id = $1',
    [deskId, lane.id, lane.first, lane.last, lane.validUntil],
  )
}

export async function changeKeys(store: Queryable, { deskId, publicKey, boxKey }: Desk): Promise<void> {
  await store.query('update desk set public_key = $2, box_key = $3 where desk_id = $1', [deskId, publicKey, boxKey])
}

export async function setReplaces(store: Queryable, deskId: string, replaces: string): Promise<void> {
  await store.query('update desk set replaces = $2 where desk_id = $1', [deskId, replaces])
}

/** Since when a desk is refused; undefined lets it in again. */
export async function retireDesk(store: Queryable, deskId: string, at: Instant | undefined): Promise<void> {
  await store.query('update desk set retired_at = $2 where desk_id = $1', [deskId, at ?? null])
}
