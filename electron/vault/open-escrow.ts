import { err, ok, type Result } from '../../shared/core/result.ts'
import { openSealed } from '../../shared/node/sealed-box.ts'
import { type EscrowCopy, escrowContext, lentKeyContext, lentKeyPath, lentKeySchema } from '../../shared/wire/escrow.ts'
import type { DeskIdentity } from '../enrolment/desk-identity.ts'
import type { DistrictClient } from '../exchange/district-client.ts'
import type { OpenedRecoveryKey } from './recovery-file.ts'

const timeoutMs = 20_000

/** A dead desk's data key, opened here with the unit's recovery key; undefined when it is not the key it was sealed to. */
export function openEscrow(copy: EscrowCopy, key: OpenedRecoveryKey): Promise<Buffer | undefined> {
  return openSealed(key.privateKey, escrowContext(copy), Buffer.from(copy.sealed, 'base64'))
}

/** The same, opened at the district by the holder of the recovery key and sealed again to this desk's letter box. */
export async function fetchLentKey(
  client: DistrictClient,
  identity: DeskIdentity,
  oldDeskId: string,
): Promise<Result<Buffer, { readonly code: 'restore/not-lent' | 'district/unreachable' }>> {
  const answered = await client.request({ method: 'GET', path: `${lentKeyPath}${oldDeskId}`, timeoutMs })
  if (!answered.ok) {
    const { code } = answered.error
    return err({ code: code === 'district/unreachable' ? code : 'restore/not-lent' })
  }
  const lent = lentKeySchema.safeParse(await answered.value.json().catch(() => undefined))
  const context = lentKeyContext(identity.unit.id, oldDeskId, identity.deskId)
  const sealed = Buffer.from(lent.data?.sealed ?? '', 'base64')
  const key = await openSealed(identity.boxKey.privateKey, context, sealed)
  return key ? ok(key) : err({ code: 'restore/not-lent' })
}
