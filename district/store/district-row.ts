import { randomUUID } from 'node:crypto'
import type { Instant } from '../../shared/core/time.ts'
import type { Queryable } from './pool.ts'

export interface DistrictRow {
  /** One life of the database: a restore from backup starts another. */
  readonly epoch: string
  readonly name: string
}

export async function readDistrictRow(store: Queryable, now: Instant): Promise<DistrictRow> {
  await store.query(
    `insert into district (epoch, name, created_at) values ($1, 'Máy chủ cấp trên', $2) on conflict (id) do nothing`,
    [randomUUID(), now],
  )
  const { rows } = await store.query<{ epoch: string; name: string }>('select epoch, name from district')
  const row = rows[0]
  if (!row) throw new Error('the district row is missing')
  return row
}
