import { randomUUID } from 'node:crypto'
import type { DeskId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { dateOf } from '../../shared/core/time.ts'
import type { EnrolmentReply, EnrolmentRequest } from '../../shared/wire/enrolment.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import type { District } from '../district.ts'
import { addDesk, type Desk, findDesk } from '../store/desks.ts'
import { type EnrolmentCode, holdEnrolmentCode, useEnrolmentCode } from '../store/enrolment-codes.ts'
import { leaseLane } from '../store/lanes.ts'
import type { Queryable } from '../store/pool.ts'

export type EnrolmentRefusal = 'enrolment/bad-code' | 'enrolment/used-code' | 'enrolment/expired-code'

/**
 * ```
 * code (held) ─► unused? in time? ─► new desk id, next lane ─► desk row, code used ─► commit ─► all the desk needs
 * ```
 * 1. A code makes one desk. Shown again with the same key it gives the same desk again: the first answer may be lost.
 * 2. A desk this district forgot (a restore from an older backup) comes back under its id, with a fresh lane. A desk it
 *    knows comes back with its own key only.
 * 3. A lane is counted up in the same transaction, so no two desks ever print from one lane.
 */
export async function enrol(
  district: District,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentReply, EnrolmentRefusal>> {
  const desk = await district.store.transaction(async (session) => {
    const code = await holdEnrolmentCode(session, request.code)
    if (!code) return err('enrolment/bad-code' as const)
    if (code.deskId) return sameDesk(session, code.deskId, request.publicKey)
    if (code.expiresAt < district.clock.now()) return err('enrolment/expired-code' as const)
    const known = request.deskId && (await findDesk(session, request.deskId))
    if (!known) return ok(await makeDesk(district, session, code, request))
    if (known.publicKey !== request.publicKey || known.unitId !== code.unitId || known.retired) {
      return err('enrolment/bad-code' as const)
    }
    await useEnrolmentCode(session, request.code, known.deskId, district.clock.now())
    return ok(known)
  })
  return desk.ok ? ok(await replyFor(district, desk.value)) : desk
}

async function sameDesk(
  session: Queryable,
  deskId: string,
  publicKey: string,
): Promise<Result<Desk, EnrolmentRefusal>> {
  const desk = await findDesk(session, deskId)
  return desk && desk.publicKey === publicKey && !desk.retired ? ok(desk) : err('enrolment/used-code')
}

async function makeDesk(
  district: District,
  session: Queryable,
  code: EnrolmentCode,
  request: EnrolmentRequest,
): Promise<Desk> {
  const now = district.clock.now()
  const desk: Desk = {
    deskId: request.deskId ?? (randomUUID() as DeskId),
    unitId: code.unitId,
    name: code.deskName || request.deskName,
    publicKey: request.publicKey,
    lane: await leaseLane(session, code.unitId, dateOf(now)),
    retired: false,
  }
  await addDesk(session, desk, now)
  await useEnrolmentCode(session, request.code, desk.deskId, now)
  return desk
}

async function replyFor(district: District, desk: Desk): Promise<EnrolmentReply> {
  const { catalogue, calendar, units, staff } = (await district.lawBooks()).newestFor(desk.unitId)
  const unit = units?.units.find(({ id }) => id === desk.unitId)
  if (!catalogue || !calendar || !units || !unit) throw new Error(`invariant: reference data of a unit is missing`)
  return {
    protocol: protocolVersion,
    deskId: desk.deskId,
    deskName: desk.name,
    unit,
    lane: desk.lane,
    districtPublicKey: district.key.publicKey,
    districtName: district.name,
    epoch: district.epoch,
    time: district.clock.now(),
    publications: { catalogue, calendar, units, staff: staff ?? { version: 1, staff: [] } },
  }
}
