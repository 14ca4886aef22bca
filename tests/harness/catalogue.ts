import { type WorkingCalendar, workingCalendarSchema } from '../../shared/law/calendar.ts'
import calendarJson from '../../shared/law/data/calendar.json' with { type: 'json' }
import catalogueJson from '../../shared/law/data/catalogue.json' with { type: 'json' }
import { type Catalogue, catalogueSchema, findProcedure, type Procedure } from '../../shared/law/procedure.ts'

/** The reference data the app ships with, as tests use it. */
export const catalogue: Catalogue = catalogueSchema.parse(catalogueJson)
export const calendar: WorkingCalendar = workingCalendarSchema.parse(calendarJson)

export function procedureOf(code: string, on = '2022-08-17'): Procedure {
  const procedure = findProcedure(catalogue, code, on)
  if (!procedure) throw new Error(`no procedure ${code} on ${on}`)
  return procedure
}
