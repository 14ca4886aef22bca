import { z } from 'zod'
import { staffIdSchema, unitIdSchema } from '../../shared/core/schemas.ts'
import { workingCalendarSchema } from '../../shared/law/calendar.ts'
import calendar from '../../shared/law/data/calendar.json' with { type: 'json' }
import catalogue from '../../shared/law/data/catalogue.json' with { type: 'json' }
import staffVuBan2022 from '../../shared/law/data/staff-vu-ban-2022.json' with { type: 'json' }
import staffVuBan2025 from '../../shared/law/data/staff-vu-ban-2025.json' with { type: 'json' }
import unitsVuBan2022 from '../../shared/law/data/units-vu-ban-2022.json' with { type: 'json' }
import unitsVuBan2025 from '../../shared/law/data/units-vu-ban-2025.json' with { type: 'json' }
import { catalogueSchema } from '../../shared/law/procedure.ts'
import { roleSchema } from '../../shared/law/staff.ts'
import { unitDirectorySchema } from '../../shared/law/unit.ts'

/** The data sets a district can be loaded with: Vụ Bản's 18 units of 2022, and the commune of 2025 under a province. */
export const seedNames = ['vu-ban-2022', 'vu-ban-2025'] as const
export type SeedName = (typeof seedNames)[number]

const seedStaffSchema = z.array(
  z.object({
    id: staffIdSchema,
    unitId: unitIdSchema,
    name: z.string(),
    title: z.string(),
    role: roleSchema,
    signInCode: z.string().min(1),
  }),
)
export type SeedStaff = z.infer<typeof seedStaffSchema>

const local = {
  'vu-ban-2022': { units: unitsVuBan2022, staff: staffVuBan2022 },
  'vu-ban-2025': { units: unitsVuBan2025, staff: staffVuBan2025 },
} as const satisfies Record<SeedName, { units: unknown; staff: unknown }>

export function seedData(name: SeedName) {
  return {
    catalogue: catalogueSchema.parse(catalogue),
    calendar: workingCalendarSchema.parse(calendar),
    units: unitDirectorySchema.parse(local[name].units),
    staff: seedStaffSchema.parse(local[name].staff),
  }
}
