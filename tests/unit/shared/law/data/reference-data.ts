import { workingCalendarSchema } from '../../../../../shared/law/calendar.ts'
import calendarJson from '../../../../../shared/law/data/calendar.json' with { type: 'json' }
import catalogueJson from '../../../../../shared/law/data/catalogue.json' with { type: 'json' }
import staff2022Json from '../../../../../shared/law/data/staff-vu-ban-2022.json' with { type: 'json' }
import staff2025Json from '../../../../../shared/law/data/staff-vu-ban-2025.json' with { type: 'json' }
import units2022Json from '../../../../../shared/law/data/units-vu-ban-2022.json' with { type: 'json' }
import units2025Json from '../../../../../shared/law/data/units-vu-ban-2025.json' with { type: 'json' }
import { catalogueSchema, findProcedure, type Procedure } from '../../../../../shared/law/procedure.ts'
import { demoStaffSchema } from '../../../../../shared/law/staff.ts'
import { unitDirectorySchema } from '../../../../../shared/law/unit.ts'

/** The reference data that ships, read as the district reads it; a file that does not fit its schema fails here. */
export const catalogue = catalogueSchema.parse(catalogueJson)
export const calendar = workingCalendarSchema.parse(calendarJson)
export const units2022 = unitDirectorySchema.parse(units2022Json)
export const units2025 = unitDirectorySchema.parse(units2025Json)
export const staff2022 = demoStaffSchema.parse(staff2022Json)
export const staff2025 = demoStaffSchema.parse(staff2025Json)

export function procedure(code: string, on = '2022-08-17'): Procedure {
  const found = findProcedure(catalogue, code, on)
  if (!found) throw new Error(`no ${code} on ${on}`)
  return found
}
