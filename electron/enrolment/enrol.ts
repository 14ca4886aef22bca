import { err, ok, type Result } from '../../shared/core/result.ts'
import type { EnrolFailure } from '../../shared/ipc/contract.ts'
import { parseEnrolmentCode } from '../../shared/wire/enrolment.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import { askDistrict, type Enrolled } from './ask-district.ts'
import { type DeskIdentity, type IdentityStore, privateKeyOf, publicKeyOf, signText } from './desk-identity.ts'
import type { FormerDesk } from './find-former.ts'

interface BecomeDeps {
  readonly identity: IdentityStore
  readonly reference: ReferenceStore
  readonly clock: Clock
}

interface EnrolDeps extends BecomeDeps {
  readonly findFormer: () => FormerDesk | undefined
  readonly journal: Pick<Journal, 'heal'>
}

/**
 * Makes this PC a desk of a unit: the private key stays here, the district learns the public one. One that lost its identity
 * and not its journal becomes the desk it was, by a code that replaces it, and sends what it holds.
 */
export async function enrol(
  input: { readonly url: string; readonly code: string; readonly deskName: string },
  deps: EnrolDeps,
): Promise<Result<null, EnrolFailure>> {
  if (deps.identity.current()) return err({ code: 'enrolment/already-enrolled' })
  const { deskName } = input
  const former = deps.findFormer()
  const keys = await deps.identity.keysFor(parseEnrolmentCode(input.code).secret)
  const wish = {
    protocol: protocolVersion,
    deskName,
    publicKey: keys.publicKey,
    boxKey: keys.boxKey.publicKey,
    ...(former ? { former } : {}),
  }
  const asked = await askDistrict(input, wish, (text) => signText(privateKeyOf(keys), text))
  if (!asked.ok) return asked
  if (former && asked.value.reply.deskId !== former.deskId) return usedCode
  await become(deps, asked.value, keys)
  // Read while nobody knew whose desk this is, some of its own events were taken for others'.
  if (former) await deps.journal.heal()
  return ok(null)
}

const usedCode = err<EnrolFailure>({ code: 'enrolment/refused', reason: 'enrolment/used-code' })

/**
 * Makes an enrolled desk known again to a district that forgot it, or that answers with a certificate this desk cannot
 * know: the same desk, with its keys and everything it holds. Its lane is another one where the district had forgotten
 * it, so that no number is printed twice.
 */
export async function enrolAgain(
  input: { readonly url: string; readonly code: string },
  deps: BecomeDeps,
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
  if (asked.value.reply.deskId !== deskId || asked.value.reply.unit.id !== unit.id) return usedCode
  await become(deps, asked.value, { privateKey, boxKey })
  return ok(null)
}

async function become(
  { clock, reference, identity }: BecomeDeps,
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
