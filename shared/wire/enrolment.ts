import { z } from 'zod'
import { deskIdSchema, instantSchema, textSchema } from '../core/schemas.ts'
import { numberLaneSchema } from '../domain/numbering.ts'
import { publicationsSchema } from '../law/publication.ts'
import { unitSchema } from '../law/unit.ts'

/** `POST /v1/enrolments`: a desk shows its one-time code and its new public key, and becomes known. */
export const enrolmentRequestSchema = z.object({
  protocol: z.int().min(1),
  /** As read aloud; case, spaces and dashes do not matter. */
  code: z.string().min(1).max(64),
  deskName: textSchema(100).min(1),
  /** Ed25519 public key, raw 32 bytes in base64. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  /** Of a desk that worked before: a district restored from an older backup takes it in again under its own id. */
  deskId: deskIdSchema.optional(),
})
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>

export const enrolmentReplySchema = z.object({
  protocol: z.int().min(1),
  deskId: deskIdSchema,
  deskName: z.string(),
  unit: unitSchema,
  lane: numberLaneSchema,
  /** The district's own Ed25519 public key: verdicts are checked with it. */
  districtPublicKey: z.string(),
  districtName: z.string(),
  epoch: z.string(),
  time: instantSchema,
  publications: publicationsSchema,
})
export type EnrolmentReply = z.infer<typeof enrolmentReplySchema>

/** The code as both sides compare it: upper case, letters and digits only. */
export function normaliseEnrolmentCode(code: string): string {
  return code.toUpperCase().replace(/[^0-9A-Z]/g, '')
}
