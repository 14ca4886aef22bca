import { z } from 'zod'
import { workingCalendarSchema } from './calendar.ts'
import { deskDirectorySchema } from './desk-directory.ts'
import { catalogueSchema } from './procedure.ts'
import { recoveryKeySchema } from './recovery-key.ts'
import { staffDirectorySchema } from './staff.ts'
import { unitDirectorySchema } from './unit.ts'

/** Reference data the district publishes and every desk keeps, each under its own version. */
export const publicationsSchema = z.object({
  catalogue: catalogueSchema,
  calendar: workingCalendarSchema,
  units: unitDirectorySchema,
  staff: staffDirectorySchema,
  /** Absent until the unit has one. */
  recoveryKey: recoveryKeySchema.optional(),
  /** Absent until the unit has a desk. */
  desks: deskDirectorySchema.optional(),
})
export type Publications = z.infer<typeof publicationsSchema>
export type PublicationKind = keyof Publications
export const publicationKinds = [
  'catalogue',
  'calendar',
  'units',
  'staff',
  'recoveryKey',
  'desks',
] as const satisfies readonly PublicationKind[]

/** Versions a desk holds; 0 means none yet. */
export const publicationVersionsSchema = z.object({
  catalogue: z.int().min(0),
  calendar: z.int().min(0),
  units: z.int().min(0),
  staff: z.int().min(0),
  recoveryKey: z.int().min(0).optional(),
  desks: z.int().min(0).optional(),
})
export type PublicationVersions = z.infer<typeof publicationVersionsSchema>
