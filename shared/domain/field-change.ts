import { z } from 'zod'
import { textSchema } from '../core/schemas.ts'

const value = textSchema(4000)

/**
 * One field of a dossier before and after, as text; empty means not given. Fields are named by their place:
 * `applicant.phone` · `declaration.child.name` · `documents.<id>.state` · `deliverable.number`.
 */
export const fieldChangeSchema = z.object({
  field: z.string().min(1).max(160),
  from: value,
  to: value,
  /** What the officer had put here in an event that came back, where another value was chosen: it stays in the history. */
  returned: value.optional(),
})
export type FieldChange = z.infer<typeof fieldChangeSchema>

export const fieldChangesSchema = z.array(fieldChangeSchema).min(1).max(300)
