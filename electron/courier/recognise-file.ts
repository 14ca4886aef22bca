import type { FileHandle } from 'node:fs/promises'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { CourierFailure } from '../../shared/ipc/contract.ts'
import { findBodyFault, readCourierHead } from '../../shared/node/courier-file.ts'
import { type CourierHead, courierSignatureInput } from '../../shared/wire/courier.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import { isSignedText } from '../enrolment/desk-identity.ts'
import { districtMarkOf } from './write-events-file.ts'

/** What an officer's file turned out to be; the file is whole, and for the one who reads it. */
export type RecognisedFile = { readonly kind: 'receipt' | 'carry'; readonly head: CourierHead }

/**
 * ```
 * ours? whole? ─┬─ receipt for this desk, signed by our district ─► receipt
 *               ├─ events of another desk of this unit           ─► carry
 *               └─ anything else                                 ─► refused, by name
 * ```
 */
export async function recogniseFile(
  { identity }: DecidingDesk,
  handle: FileHandle,
): Promise<Result<RecognisedFile, CourierFailure>> {
  const read = await readCourierHead(handle)
  if (!read.ok) return err({ code: read.error })
  const head = read.value
  if (head.district !== districtMarkOf(identity)) return err({ code: 'courier/other-district' })
  if (head.unitId !== identity.unit.id) return err({ code: 'courier/other-unit' })
  const isOwn = head.deskId === identity.deskId
  if (head.kind === 'events' && isOwn) return err({ code: 'courier/own-file' })
  if (head.kind === 'receipt' && !isOwn) return err({ code: 'courier/other-desk' })
  const fault = await findBodyFault(handle, head)
  if (fault) return err({ code: fault })
  if (head.kind === 'events') return ok({ kind: 'carry', head })
  const isGenuine = isSignedText(identity.districtPublicKey, courierSignatureInput(head), head.signature)
  return isGenuine ? ok({ kind: 'receipt', head }) : err({ code: 'courier/changed' })
}
