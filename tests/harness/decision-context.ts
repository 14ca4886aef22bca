import type { CommandId, EventId, StaffId } from '../../shared/core/ids.ts'
import { dateOf } from '../../shared/core/time.ts'
import type { DecisionContext } from '../../shared/domain/decide.ts'
import { nextNumber } from '../../shared/domain/numbering.ts'
import { findProcedure, findProcedureVersion } from '../../shared/law/procedure.ts'
import type { Role } from '../../shared/law/staff.ts'
import { calendar, catalogue } from './catalogue.ts'
import { sampleDeskId, sampleId, sampleUnitId } from './sample-events.ts'

/** A desk's world for one decision; `step` makes ids and numbers differ. */
export function contextAt(step: number, role: Role = 'leader', at = '2022-08-17T01:00:00.000Z'): DecisionContext {
  return {
    at,
    eventId: sampleId(step) as EventId,
    commandId: sampleId(500_000 + step) as CommandId,
    unitId: sampleUnitId,
    deskId: sampleDeskId,
    staff: { id: `goi.${role}` as StaffId, role },
    law: {
      catalogueVersion: catalogue.version,
      calendar,
      findProcedure: (code, version) =>
        version === undefined
          ? findProcedure(catalogue, code, dateOf(at))
          : findProcedureVersion(catalogue, code, version),
    },
    takeNumber: () =>
      nextNumber({ id: 1, first: 1, last: 500, validUntil: '2099-12-31' }, '000.00.18.H40', dateOf(at), step % 400),
  }
}
