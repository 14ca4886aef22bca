import { z } from 'zod'
import { deskIdSchema } from '../core/schemas.ts'

/** The desks of a unit by name, the retired too: so an officer reads where something was done. */
export const deskDirectorySchema = z.object({
  version: z.int().min(1),
  desks: z.array(z.object({ deskId: deskIdSchema, name: z.string() })),
})
export type DeskDirectory = z.infer<typeof deskDirectorySchema>
