import { z } from 'zod'
import { deskIdSchema, unitIdSchema } from '../core/schemas.ts'
import { recoveryKeyIdSchema } from '../law/recovery-key.ts'

/**
 * How a dead PC's data is opened again, by the holder of the unit's recovery key and by nobody else:
 * ```
 * recovery-key ──► FILE (private half under a passphrase)      public half ──► publication ──► desks
 * desk:     data key ─ sealTo(public half, escrowContext) ──► PUT /v1/escrow, and a copy beside its data
 * later:    FILE + passphrase ─► data key ─┬─ on the spare PC itself
 *                                          └─ open-escrow: sealed again to the spare's own box key (lentKeyContext)
 * ```
 * 1. The district keeps sealed copies only; without FILE and passphrase they are noise to it.
 * 2. A copy is bound to unit, desk and recovery key; another desk's or another key's copy does not open as this one.
 * 3. A lent key is bound to the old desk and the new one, and only the new one's letter box opens it.
 */
export const escrowPath = '/v1/escrow'
export const lentKeyPath = '/v1/lent-keys/'

/** A sealed data key: 66 bytes of head, 32 of key, 16 of tag; anything much longer is something else. */
const sealedKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(400)

/** `PUT /v1/escrow`: answered 204 once durable. */
export const escrowDepositSchema = z.object({ keyId: recoveryKeyIdSchema, sealed: sealedKeySchema })
export type EscrowDeposit = z.infer<typeof escrowDepositSchema>

/** `GET /v1/lent-keys/{old desk}`: the old desk's data key, once the holder of the recovery key has lent it; else 404. */
export const lentKeySchema = z.object({ sealed: sealedKeySchema })

/** The sealed copy as it lies beside a desk's data and in its backups. */
export const escrowCopySchema = z.object({
  unitId: unitIdSchema,
  deskId: deskIdSchema,
  keyId: recoveryKeyIdSchema,
  sealed: sealedKeySchema,
})
export type EscrowCopy = z.infer<typeof escrowCopySchema>

export function escrowContext(copy: Pick<EscrowCopy, 'unitId' | 'deskId' | 'keyId'>): string {
  return `mot-cua/escrow\n${copy.unitId}\n${copy.deskId}\n${copy.keyId}`
}

export function lentKeyContext(unitId: string, oldDeskId: string, newDeskId: string): string {
  return `mot-cua/lent-key\n${unitId}\n${oldDeskId}\n${newDeskId}`
}
