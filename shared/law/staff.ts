import { z } from 'zod'
import { staffIdSchema, unitIdSchema } from '../core/schemas.ts'

/** reception: bộ phận một cửa · specialist: chuyên môn · leader: lãnh đạo ký. */
export const roleSchema = z.enum(['reception', 'specialist', 'leader'])
export type Role = z.infer<typeof roleSchema>

/** scrypt of the sign-in code, so that an officer signs in while the line is down. */
const signInVerifier = z.object({
  salt: z.string(),
  hash: z.string(),
  cost: z.int(),
})

export const staffMemberSchema = z.object({
  id: staffIdSchema,
  unitId: unitIdSchema,
  name: z.string(),
  title: z.string(),
  role: roleSchema,
  active: z.boolean(),
  signIn: signInVerifier,
})
export type StaffMember = z.infer<typeof staffMemberSchema>

export const staffDirectorySchema = z.object({ version: z.int().min(1), staff: z.array(staffMemberSchema) })
export type StaffDirectory = z.infer<typeof staffDirectorySchema>

/**
 * Staff of a demonstration, with the sign-in code in clear: the district turns it into a verifier when it loads the
 * demonstration. Never used for real officers.
 */
export const demoStaffSchema = z.array(
  staffMemberSchema
    .pick({ id: true, unitId: true, name: true, title: true, role: true })
    .extend({ signInCode: z.string().regex(/^\d{6}$/) }),
)
export type DemoStaff = z.infer<typeof demoStaffSchema>
