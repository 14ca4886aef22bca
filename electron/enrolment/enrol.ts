import { err, ok, type Result } from '../../shared/core/result.ts'
import type { EnrolFailure } from '../../shared/ipc/contract.ts'
import { parseEnrolmentCode } from '../../shared/wire/enrolment.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import type { Clock } from '../clock.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import { askDistrict, type Enrolled } from './ask-district.ts'
import { type DeskIdentity, type IdentityStore, privateKeyOf, publicKeyOf, signText } from './desk-identity.ts'

interface EnrolDeps {
  readonly identity: IdentityStore
  readonly reference: ReferenceStore
  readonly clock: Clock
}

/** Makes this PC a desk of a unit: the private key stays here, the district learns the public one. */
export async function enrol(
  input: { readonly url: string; readonly code: string; readonly deskName: string },
  deps: EnrolDeps,
): Promise<Result<null, EnrolFailure>> {
  if (deps.identity.current()) return err({ code: 'enrolment/already-enrolled' })
  const { deskName } = input
  const keys = await deps.identity.keysFor(parseEnrolmentCode(input.code).secret)
  const wish = { protocol: protocolVersion, deskName, publicKey: keys.publicKey, boxKey: keys.boxKey.publicKey }
  const asked = await askDistrict(input, wish, (text) => signText(privateKeyOf(keys), text))
  if (!asked.ok) return asked
  await become(deps, asked.value, keys)
  return ok(null)
}

/**
 * Makes an enrolled desk known again to a district that forgot it, or that answers with a certificate this desk cannot
 * know: the same desk, with its keys and everything it holds. Its lane is another one where the district had forgotten
 * it, so that no number is printed twice.
 */
export async function enrolAgain(
  input: { readonly url: string; readonly code: string },
  deps: EnrolDeps,
): Promise<Result<null, EnrolFailure>> {
  const current = deps.identity.current()
  if (!current) return err({ code: 'enrolment/not-enrolled' })
  const { deskId, deskName, unit, lane, privateKey, boxKey } = current
  const wish = {
    protocol: protocolVersion,
    deskName,
    publicKey: publicKeyOf(current),
    boxKey: boxKey.publicKey,
    former: { deskId, unitId: unit.id, lane: lane.id },
  }
  const asked = await askDistrict(input, wish, (text) => signText(privateKeyOf(current), text))
  if (!asked.ok) return asked
  // A code answers the desk that used it; this one has gone on under its own name.
  if (asked.value.reply.deskId !== deskId || asked.value.reply.unit.id !== unit.id) {
    return err({ code: 'enrolment/refused', reason: 'enrolment/used-code' })
  }
  await become(deps, asked.value, { privateKey, boxKey })
  return ok(null)
}

async function become(
  { clock, reference, identity }: EnrolDeps,
  { address, tls, reply }: Enrolled,
  keys: Pick<DeskIdentity, 'privateKey' | 'boxKey'>,
): Promise<void> {
  clock.learnDistrictTime(reply.time)
  await reference.save(reply.publications)
  await identity.save({
    deskId: reply.deskId,
    deskName: reply.deskName,
    districtUrl: address,
    tls: { pins: [...tls.pins], authority: tls.authority },
    districtName: reply.districtName,
    districtPublicKey: reply.districtPublicKey,
    districtBoxKey: reply.districtBoxKey,
    unit: reply.unit,
    lane: reply.lane,
    privateKey: keys.privateKey,
    boxKey: keys.boxKey,
    enrolledAt: clock.instant(),
    retired: false,
  })
}
