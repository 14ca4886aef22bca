import { z } from 'zod'
import { isoDateSchema, unitIdSchema } from '../core/schemas.ts'
import type { IsoDate } from '../core/time.ts'

/** An official code, valid for a time: the statistics office re-used codes with other meanings. */
const datedCode = z.object({ code: z.string(), validFrom: isoDateSchema, validTo: isoDateSchema.optional() })

export const unitSchema = z.object({
  id: unitIdSchema,
  kind: z.enum(['commune', 'district', 'province']),
  /** As on papers: "Thị trấn Gôi". */
  name: z.string(),
  /** The rest of the address: "Vụ Bản, Nam Định". */
  locality: z.string(),
  /** First header line of papers: "UBND THỊ TRẤN GÔI". */
  authorityName: z.string(),
  /** Second header line: "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ". */
  deskName: z.string(),
  phone: z.string().optional(),
  statisticsCodes: z.array(datedCode),
  /** The prefix of dossier numbers; configuration where the official list was not found. */
  agencyCode: z.string(),
  agencyCodeVerified: z.boolean(),
  parentId: unitIdSchema.optional(),
  validFrom: isoDateSchema,
  validTo: isoDateSchema.optional(),
  successorIds: z.array(unitIdSchema),
  note: z.string().optional(),
})
export type Unit = z.infer<typeof unitSchema>

export const unitDirectorySchema = z.object({
  version: z.int().min(1),
  /** What people here call the upper tier: "huyện" in 2022, "tỉnh" after 07/2025. */
  upperTierLabel: z.string(),
  units: z.array(unitSchema),
})
export type UnitDirectory = z.infer<typeof unitDirectorySchema>

/** True when a unit exists on a day. Directories keep units that have ended, so that old papers still name them. */
export function isUnitInForce(unit: Unit, on: IsoDate): boolean {
  return unit.validFrom <= on && (unit.validTo === undefined || on <= unit.validTo)
}

/** The communes of a directory that exist on a day. */
export function communesOn(directory: UnitDirectory, on: IsoDate): readonly Unit[] {
  return directory.units.filter((unit) => unit.kind === 'commune' && isUnitInForce(unit, on))
}
