import { z } from 'zod'
import { err, ok, type Result } from '../core/result.ts'
import { isoDateSchema } from '../core/schemas.ts'
import type { IsoDate } from '../core/time.ts'

/**
 * A desk's share of the unit's daily sequence, leased at enrolment: two desks without a line never print one number.
 * A replacement PC gets another lane; a lane is never given twice.
 */
export const numberLaneSchema = z.object({
  id: z.int().min(1),
  first: z.int().min(1),
  last: z.int().min(1),
  validUntil: isoDateSchema,
})
export type NumberLane = z.infer<typeof numberLaneSchema>

/** A dossier number (mã hồ sơ) with the parts it was made of: `<agency>-YYMMDD-XXXX` (TT 01/2018/TT-VPCP Điều 19). */
export const dossierNumberSchema = z.object({
  text: z.string().min(1).max(64),
  on: isoDateSchema,
  lane: z.int().min(1),
  ordinal: z.int().min(1),
})
export type DossierNumber = z.infer<typeof dossierNumberSchema>

export type NumberingError =
  | { readonly code: 'number/lane-exhausted'; readonly last: number }
  | { readonly code: 'number/lane-expired'; readonly validUntil: IsoDate }

/** Days before the end of a lane at which the desk begins to warn. */
export const laneWarningDays = 30

/**
 * The next number of a lane on a day.
 * @param lastOrdinal the highest ordinal this desk has used on `on`, 0 when none
 */
export function nextNumber(
  lane: NumberLane,
  agencyCode: string,
  on: IsoDate,
  lastOrdinal: number,
): Result<DossierNumber, NumberingError> {
  if (on > lane.validUntil) return err({ code: 'number/lane-expired', validUntil: lane.validUntil })
  const ordinal = Math.max(lane.first, lastOrdinal + 1)
  if (ordinal > lane.last) return err({ code: 'number/lane-exhausted', last: lane.last })
  const day = on.slice(2).replaceAll('-', '')
  return ok({ text: `${agencyCode}-${day}-${String(ordinal).padStart(4, '0')}`, on, lane: lane.id, ordinal })
}

/** The part people say aloud: day and ordinal, `220817-0048`. */
export function shortNumber(number: string): string {
  return number.split('-').slice(-2).join('-')
}
