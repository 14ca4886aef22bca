import { createHash, randomInt } from 'node:crypto'
import type { UnitId } from '../../shared/core/ids.ts'
import { type Instant, instantOf, unixMsOf } from '../../shared/core/time.ts'
import { normaliseEnrolmentCode } from '../../shared/wire/enrolment.ts'
import type { Queryable } from './pool.ts'

/** No 0 and O, no 1 and I: read aloud and typed by hand. 32 signs, 12 of them: 60 bits. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

export interface EnrolmentCode {
  readonly unitId: UnitId
  readonly deskName: string
  readonly expiresAt: Instant
  /** The desk that used it. */
  readonly deskId: string | undefined
}

/** A fresh code, `ABCD-EFGH-JKLM`. Only its hash is kept. */
export async function addEnrolmentCode(
  store: Queryable,
  code: { readonly unitId: string; readonly deskName: string; readonly hours: number },
  now: Instant,
): Promise<string> {
  const signs = Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('')
  await store.query(
    `insert into enrolment_code (code_hash, unit_id, desk_name, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
    [hashOf(signs), code.unitId, code.deskName, now, instantOf(unixMsOf(now) + code.hours * 3_600_000)],
  )
  return signs.match(/.{4}/g)?.join('-') ?? signs
}

/** Finds a code and holds its row until the transaction ends: two desks cannot use it at once. */
export async function holdEnrolmentCode(session: Queryable, code: string): Promise<EnrolmentCode | undefined> {
  const { rows } = await session.query<{
    unit_id: string
    desk_name: string
    expires_at: Date
    desk_id: string | null
  }>('select unit_id, desk_name, expires_at, desk_id from enrolment_code where code_hash = $1 for update', [
    hashOf(code),
  ])
  const row = rows[0]
  return (
    row && {
      unitId: row.unit_id as UnitId,
      deskName: row.desk_name,
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
  return createHash('sha256').update(normaliseEnrolmentCode(code)).digest('hex')
}
