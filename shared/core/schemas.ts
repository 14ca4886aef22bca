import { z } from 'zod'
import type { CommandId, DeskId, DossierId, DraftId, EventId, StaffId, UnitId } from './ids.ts'
import { isRealDate, isRealInstant } from './time.ts'

/** Schemas of the values that every boundary meets. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const shortKey = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/)

/** A text of its own type; nothing is changed in it, so nothing is run for it either. */
type Named<T> = z.ZodType<T, string>

export const eventIdSchema = uuid as unknown as Named<EventId>
export const commandIdSchema = uuid as unknown as Named<CommandId>
export const dossierIdSchema = uuid as unknown as Named<DossierId>
export const draftIdSchema = uuid as unknown as Named<DraftId>
export const deskIdSchema = uuid as unknown as Named<DeskId>
export const staffIdSchema = shortKey as unknown as Named<StaffId>
export const unitIdSchema = shortKey as unknown as Named<UnitId>

export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .refine(isRealInstant, 'no such moment')
export const isoDateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDate, 'no such day')
export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** SHA-256 of plain bytes, as lower-case hex. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
/** Whole đồng; nothing here has cents. */
export const vndSchema = z.int().min(0).max(10_000_000_000)

const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** Line text an officer typed: composed form, no control characters, bounded. */
export function textSchema(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => !controlCharacter.test(text), 'control characters')
}
