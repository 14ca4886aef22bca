import { createHash, randomInt } from 'node:crypto'
import type { UnitId } from '../../shared/core/ids.ts'
import { type Instant, instantOf, unixMsOf } from '../../shared/core/time.ts'
import { enrolmentSigns, parseEnrolmentCode, secretSigns } from '../../shared/wire/enrolment.ts'
import type { Queryable, Store } from './pool.ts'

export interface EnrolmentCode {
  readonly unitId: UnitId
  readonly deskName: string
  /** The dead desk whose place the new one takes. */
  readonly replaces: string | undefined
  readonly expiresAt: Instant
  /** The desk that used it. */
  readonly deskId: string | undefined
}

/** The secret of a fresh code, 12 signs. Only its hash is kept. */
export async function addEnrolmentCode(
  store: Store,
  code: { readonly unitId: string; readonly deskName: string; readonly hours: number; readonly replaces?: string },
  now: Instant,
): Promise<string> {
  const signs = Array.from({ length: secretSigns }, () => enrolmentSigns[randomInt(enrolmentSigns.length)]).join('')
  await store.ofUnit(code.unitId).query(
    `insert into enrolment_code (code_hash, unit_id, desk_name, created_at, expires_at, replaces)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      hashOf(signs),
      code.unitId,
      code.deskName,
      now,
      instantOf(unixMsOf(now) + code.hours * 3_600_000),
      code.replaces ?? null,
    ],
  )
  return signs
}

/** The unit a code makes a desk of; undefined when there is no such code. */
export async function findUnitOfCode(store: Store, code: string): Promise<UnitId | undefined> {
  const { rows } = await store.allUnits.query<{ unit_id: string }>(
    'select unit_id from enrolment_code where code_hash = $1',
    [hashOf(code)],
  )
  return rows[0]?.unit_id as UnitId | undefined
}

/** Finds a code and holds its row until the transaction ends: two desks cannot use it at once. */
export async function holdEnrolmentCode(session: Queryable, code: string): Promise<EnrolmentCode | undefined> {
  const { rows } = await session.query<{
    unit_id: string
    desk_name: string
    expires_at: Date
    desk_id: string | null
    replaces: string | null
  }>('select unit_id, desk_name, expires_at, desk_id, replaces from enrolment_code where code_hash = $1 for update', [
    hashOf(code),
  ])
  const row = rows[0]
  return (
    row && {
      unitId: row.unit_id as UnitId,
      deskName: row.desk_name,
      replaces: row.replaces ?? undefined,
      expiresAt: row.expires_at.toISOString(),
      deskId: row.desk_id ?? undefined,
    }
  )
}

export async function useEnrolmentCode(session: Queryable, code: string, deskId: string, at: Instant): Promise<void> {
  await session.query('update enrolment_code set used_at = $3, desk_id = $2 where code_hash = $1', [
    hashOf(code),
    deskId,
    at,
  ])
}

function hashOf(code: string): string {
  return createHash('sha256').update(parseEnrolmentCode(code).secret).digest('hex')
}
