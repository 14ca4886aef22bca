import { z } from 'zod'

/** Raw public half of a box key (an uncompressed P-256 point, 65 bytes) in base64. */
export const boxPublicKeySchema = z.string().regex(/^B[A-Za-z0-9+/]{86}=$/)

/** Names a recovery key: the first 16 hex digits of the SHA-256 of its public half, so it can be read aloud and compared. */
export const recoveryKeyIdSchema = z.string().regex(/^[0-9a-f]{16}$/)

/** The public half of a unit's recovery key (khoá phục hồi): its desks seal their data keys to it. */
export const recoveryKeySchema = z.object({
  version: z.int().min(1),
  keyId: recoveryKeyIdSchema,
  publicKey: boxPublicKeySchema,
})
export type RecoveryKey = z.infer<typeof recoveryKeySchema>
