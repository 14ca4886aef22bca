import { randomUUID } from 'node:crypto'
import type { DeskId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { dateOf, daysBetween, type Instant, type IsoDate } from '../../shared/core/time.ts'
import { laneWarningDays } from '../../shared/domain/numbering.ts'
import { type EnrolmentReply, type EnrolmentRequest, enrolmentProofInput } from '../../shared/wire/enrolment.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import type { District } from '../district.ts'
import { isSignedBy } from '../exchange/district-key.ts'
import { addDesk, changeKeys, changeLane, type Desk, findDesk, setReplaces } from '../store/desks.ts'
import { type EnrolmentCode, findUnitOfCode, holdEnrolmentCode, useEnrolmentCode } from '../store/enrolment-codes.ts'
import { forgottenLanes, leaseLane } from '../store/lanes.ts'
import type { Queryable } from '../store/pool.ts'
import { publishDesks } from '../store/publications.ts'
import { fenceDesk } from './fence-desk.ts'

export type EnrolmentRefusal =
  | 'enrolment/bad-code'
  | 'enrolment/used-code'
  | 'enrolment/expired-code'
  | 'enrolment/other-unit'
  | 'desk/retired'

/**
 * ```
 * code ─► its unit ─► code (held) ─► unused? in time? ─┬─► new desk: new id, next lane ────────┐
 *                                                      ├─► former desk, forgotten: its id, lane │
 *                                                      │   above all it may have known ─────────┼─► desk row, code used
 *                                                      └─► former desk, known: as it is, or      │   ─► commit ─► reply
 *                                                          with new keys and the next lane ─────┘
 * ```
 * 1. A code makes one desk. Shown again, in time, by who proves the same key it gives the same desk again: the first answer
 *    may be lost.
 * 2. A desk this district forgot (a restore from an older backup, a new database) comes back under its id. Lanes leased
 *    by the forgotten database stay unused: none at or below its own, nor those its neighbours may have.
 * 3. A desk it knows comes back with its own key, proved, in its own unit, and not once it is retired. Should its lane end
 *    soon, it gets another. With another key it comes back only by a code that replaces this very desk: its keys are lost,
 *    its journal is not. Then its lane is another one, whatever it remembers of the old one.
 * 4. A lane is counted up in the same transaction, so no two desks ever print from one lane.
 * 5. A desk whose place is taken is shut out in the same transaction: there is never a moment with both.
 * 6. Nothing is said of desks or units before the code was right.
 */
export async function enrol(
  district: District,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentReply, EnrolmentRefusal>> {
  const { proof } = request
  const isProved = proof !== undefined && isSignedBy(request.publicKey, enrolmentProofInput(request), proof)
  if (proof !== undefined && !isProved) return err('enrolment/bad-code')
  const unitId = await findUnitOfCode(district.store, request.code)
  if (!unitId) return err('enrolment/bad-code')
  // Of another unit it would not be seen behind the wall, and taken for a forgotten one.
  const anywhere = request.former && (await findDesk(district.store.allUnits, request.former.deskId))
  const desk = await district.store.ofUnit(unitId).transaction(async (session) => {
    const code = await holdEnrolmentCode(session, request.code)
    if (!code) return err('enrolment/bad-code' as const)
    if (code.expiresAt < district.clock.now()) return err('enrolment/expired-code' as const)
    if (code.deskId && !isProved) return err('enrolment/used-code' as const)
    if (code.deskId) return sameDesk(session, code.deskId, request.publicKey)
    const { former } = request
    if (former && former.unitId !== code.unitId) return err('enrolment/other-unit' as const)
    const known = former && (await findDesk(session, former.deskId))
    const before = known ?? anywhere
    const hasOtherKey = before !== undefined && before.publicKey !== request.publicKey
    if (before && (!isProved || (hasOtherKey && code.replaces !== before.deskId))) {
      return err('enrolment/bad-code' as const)
    }
    if (before && before.unitId !== code.unitId) return err('enrolment/other-unit' as const)
    if (!known) return ok(await makeDesk(district, session, code, request))
    if (known.retired) return err('desk/retired' as const)
    await useEnrolmentCode(session, request.code, known.deskId, district.clock.now())
    await takePlace(session, known.deskId, code.replaces, district.clock.now())
    const today = dateOf(district.clock.now())
    return ok(
      await (hasOtherKey
        ? withNewKeys(session, known, request, today)
        : withFittingLane(session, known, former.lane, today)),
    )
  })
  return desk.ok ? ok(await replyFor(district, desk.value)) : desk
}

/**
 * A lane about to end is followed by another: this is how a desk that stays in service gets one. So is one that this
 * database, restored, knows instead of a later one.
 */
async function withFittingLane(session: Queryable, desk: Desk, formerLane: number, today: IsoDate): Promise<Desk> {
  const lasts = daysBetween(today, desk.lane.validUntil) > laneWarningDays
  if (lasts && desk.lane.id === formerLane) return desk
  const above = desk.lane.id === formerLane ? 0 : formerLane + forgottenLanes
  const renewed = { ...desk, lane: await leaseLane(session, desk.unitId, today, above) }
  await changeLane(session, renewed)
  return renewed
}

async function withNewKeys(session: Queryable, desk: Desk, request: EnrolmentRequest, today: IsoDate): Promise<Desk> {
  const { publicKey, boxKey } = request
  const renewed = { ...desk, publicKey, boxKey, lane: await leaseLane(session, desk.unitId, today, 0) }
  await changeKeys(session, renewed)
  await changeLane(session, renewed)
  return renewed
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
  const { former } = request
  const desk: Desk = {
    deskId: former?.deskId ?? (randomUUID() as DeskId),
    unitId: code.unitId,
    name: code.deskName || request.deskName,
    publicKey: request.publicKey,
    boxKey: request.boxKey,
    lane: await leaseLane(session, code.unitId, dateOf(now), former ? former.lane + forgottenLanes : 0),
    retired: false,
  }
  await addDesk(session, desk, now)
  await publishDesks(session, code.unitId, now)
  await takePlace(session, desk.deskId, code.replaces, now)
  await useEnrolmentCode(session, request.code, desk.deskId, now)
  return desk
}

/** What a code that replaces a dead desk says of it; a desk that is not dead after all keeps its own place. */
async function takePlace(session: Queryable, deskId: string, replaces: string | undefined, at: Instant): Promise<void> {
  if (replaces === undefined || replaces === deskId) return
  await setReplaces(session, deskId, replaces)
  const replaced = await findDesk(session, replaces)
  if (replaced && !replaced.retired) await fenceDesk(session, replaced, at)
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
    districtBoxKey: district.boxKey.publicKey,
    districtName: district.name,
    epoch: district.epoch,
    time: district.clock.now(),
    publications: { catalogue, calendar, units, staff: staff ?? { version: 1, staff: [] } },
  }
}
