import type { DossierId, EventId, StaffId, UnitId } from '../core/ids.ts'
import type { Instant } from '../core/time.ts'
import type { Declaration } from '../law/declaration-form.ts'
import type { Applicant, Delegate } from './applicant.ts'
import type { Deliverable, Due, FeeDue, Recipient } from './event.ts'
import type { DossierNumber } from './numbering.ts'
import type { SubmittedDocument } from './submitted-document.ts'

/** Everything the receipt states (giấy tiếp nhận hồ sơ và hẹn trả kết quả). */
export interface Reception {
  readonly number: DossierNumber
  readonly at: Instant
  readonly staffId: StaffId
  readonly channel: 'direct' | 'postal' | 'online'
  readonly delegate?: Delegate
  readonly declaration: Declaration
  readonly documents: readonly SubmittedDocument[]
  readonly fee: FeeDue
  readonly due: Due
  readonly delivery: 'counter' | 'postal'
}

export interface Note {
  readonly at: Instant
  readonly staffId: StaffId
  readonly text: string
}

/** A leader's last word on what the district found about one event. */
export interface ClosedFinding {
  readonly findingOf: EventId
  readonly at: Instant
  readonly staffId: StaffId
  readonly note: string
}

export type DossierState =
  | { readonly status: 'received'; readonly reception: Reception }
  | {
      readonly status: 'in-processing'
      readonly reception: Reception
      readonly startedAt: Instant
      readonly staffId: StaffId
    }
  | {
      readonly status: 'finished'
      readonly reception: Reception
      readonly finishedAt: Instant
      readonly deliverable: Deliverable
    }
  | {
      readonly status: 'handed-over'
      readonly reception: Reception
      readonly handedOverAt: Instant
      readonly recipient: Recipient
      /** Absent when the paper left the counter before the desk knew that it was finished. */
      readonly deliverable?: Deliverable
    }
  | { readonly status: 'refused'; readonly refusedAt: Instant; readonly staffId: StaffId; readonly reason: string }

export type DossierStatus = DossierState['status']

/** A dossier (hồ sơ): the fold of its events. */
export interface Dossier {
  readonly id: DossierId
  readonly unitId: UnitId
  /** How many events were folded, known or not. */
  readonly seq: number
  readonly procedure: { readonly code: string; readonly version: number }
  readonly applicant: Applicant
  readonly state: DossierState
  readonly notes: readonly Note[]
  readonly closedFindings?: readonly ClosedFinding[]
  /** What the receipt states was corrected after it was given; the applicant should get a new print. */
  readonly receiptChangedAt?: Instant
  readonly lastEventAt: Instant
  /** Events of types this version does not know; the dossier is then read-only here. */
  readonly newerEvents: number
}

export function receptionOf(dossier: Dossier): Reception | undefined {
  return dossier.state.status === 'refused' ? undefined : dossier.state.reception
}
