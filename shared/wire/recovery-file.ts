import { z } from 'zod'
import { unitIdSchema } from '../core/schemas.ts'
import { boxPublicKeySchema, recoveryKeyIdSchema } from '../law/recovery-key.ts'

/**
 * The file that holds the private half of a unit's recovery key, made once and kept in a safe:
 * ```
 * key = scrypt(passphrase in NFKC, salt, N, r, p)      sealed = AES-256-GCM(key, nonce, private half) ‖ tag
 * associated data = recoveryFileBinding: format, version, unit, key id, public half
 * ```
 * 1. Without the passphrase the file is noise; every guess costs 128 MiB and about half a second.
 * 2. Whoever reads it bounds what the file may ask for, so that a foreign file cannot eat the PC's memory.
 */
export const recoveryFileFormat = 'mot-cua-recovery-key'

const base64Schema = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)

export const recoveryFileSchema = z.object({
  format: z.literal(recoveryFileFormat),
  version: z.literal(1),
  unitId: unitIdSchema,
  keyId: recoveryKeyIdSchema,
  publicKey: boxPublicKeySchema,
  scrypt: z.object({
    salt: base64Schema.max(64),
    // scrypt takes powers of two only; memory is 128 · N · r bytes, here half a gigabyte at most.
    N: z
      .int()
      .min(1024)
      .max(524_288)
      .refine((n) => Number.isInteger(Math.log2(n))),
    r: z.int().min(1).max(8),
    p: z.int().min(1).max(4),
  }),
  nonce: base64Schema.max(32),
  sealed: base64Schema.max(200),
})
export type RecoveryFile = z.infer<typeof recoveryFileSchema>

/** A recovery file is a few hundred bytes; a larger one is not read. */
export const maxRecoveryFileBytes = 16 * 1024

export const shortestPassphrase = 12

export function recoveryFileBinding(file: Pick<RecoveryFile, 'version' | 'unitId' | 'keyId' | 'publicKey'>): string {
  return [recoveryFileFormat, file.version, file.unitId, file.keyId, file.publicKey].join('\n')
}

/** The same words typed on another keyboard, composed or decomposed, are the same passphrase. */
export function normalisePassphrase(typed: string): string {
  return typed.normalize('NFKC').trim()
}
