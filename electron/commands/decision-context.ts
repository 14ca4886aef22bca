import { randomBytes } from 'node:crypto'
import type { CommandId, EventId, StaffId } from '../../shared/core/ids.ts'
import { uuidV7 } from '../../shared/core/ids.ts'
import { err, type Result } from '../../shared/core/result.ts'
import { dateOf } from '../../shared/core/time.ts'
import type { DecisionContext, DeskNotReady } from '../../shared/domain/decide.ts'
import { type DossierNumber, type NumberingError, type NumberLane, nextNumber } from '../../shared/domain/numbering.ts'
import { findProcedure, findProcedureVersion } from '../../shared/law/procedure.ts'
import type { Role } from '../../shared/law/staff.ts'
import type { Clock } from '../clock.ts'
import type { DeskIdentity } from '../enrolment/desk-identity.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalIndex } from '../journal/journal-index.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import type { ClockTrust } from './clock-trust.ts'

export interface DecidingDesk {
  readonly clock: Clock
  readonly identity: DeskIdentity
  readonly journal: Journal
  readonly reference: ReferenceStore
  readonly clockTrust: ClockTrust
}

export interface Deciding {
  readonly commandId: CommandId
  readonly staff: { readonly id: StaffId; readonly role: Role }
  /** Given when a command is decided again: the moment it was first decided at, and the events that lost their races. */
  readonly again?: Required<Pick<DecisionContext, 'at' | 'rebasedFrom'>> & Pick<DecisionContext, 'rebasedBefore'>
}

/** The world as main knows it; undefined while the district's reference data has not come. */
export function findDecisionContext(desk: DecidingDesk, deciding: Deciding): DecisionContext | undefined {
  const { catalogue, calendar } = desk.reference.current()
  if (!catalogue || !calendar) return undefined
  const at = deciding.again?.at ?? desk.clock.instant()
  return {
    at,
    eventId: uuidV7(desk.clock.now(), randomBytes(10)) as EventId,
    commandId: deciding.commandId,
    unitId: desk.identity.unit.id,
    deskId: desk.identity.deskId,
    staff: deciding.staff,
    law: {
      catalogueVersion: catalogue.version,
      calendar,
      findProcedure: (code, version) =>
        version === undefined
          ? findProcedure(catalogue, code, dateOf(at))
          : findProcedureVersion(catalogue, code, version),
    },
    takeNumber: () => takeNumber(desk, dateOf(at)),
    ...deciding.again,
  }
}

function takeNumber(desk: DecidingDesk, on: string): Result<DossierNumber, NumberingError | DeskNotReady> {
  const { index } = desk.journal
  if (!desk.journal.isWhole()) return err({ code: 'desk/not-whole' })
  const lastEntryAt = desk.clockTrust.findBehind()
  if (lastEntryAt) return err({ code: 'desk/clock-behind', lastEntryAt })
  const difference = desk.clockTrust.findDifference()
  if (difference?.stops) return err({ code: 'desk/clock-differs', rightNow: difference.rightNow })
  const lastKnownAt = desk.clockTrust.findAhead()
  if (lastKnownAt) return err({ code: 'desk/clock-ahead', lastKnownAt })
  return nextNumber(desk.identity.lane, desk.identity.unit.agencyCode, on, lastOrdinal(index, desk.identity.lane, on))
}

/** The highest number given on that day, as far as anybody can know. */
function lastOrdinal(index: JournalIndex, lane: NumberLane, on: string): number {
  const floors = index.passedOver
    .filter(({ from, until }) => from <= on && on <= until)
    .map(({ count, known }) => Math.max(new Map(known).get(on) ?? 0, lane.first - 1) + count)
  return Math.max(index.ordinals.get(on) ?? 0, ...floors)
}
