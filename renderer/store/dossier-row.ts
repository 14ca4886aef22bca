import type { DossierId, StaffId } from '../../shared/core/ids.ts'
import type { Instant } from '../../shared/core/time.ts'
import type { DossierView, ExchangeState } from '../../shared/ipc/view.ts'

/** What one line of a list shows of a dossier: a twentieth of the whole. Every `DossierView` is one. */
export interface DossierRow {
  readonly id: DossierId
  /** Of the view it was taken from. */
  readonly position: number
  readonly exchange: ExchangeState
  readonly dossier: ListedDossier
}

export interface ListedDossier {
  readonly procedure: { readonly code: string; readonly version: number }
  readonly applicant: { readonly name: string }
  readonly state: ListedState
}

interface ListedReception {
  readonly number: { readonly text: string }
  readonly due: { readonly dueAt: Instant }
}

export type ListedState =
  | { readonly status: 'received'; readonly reception: ListedReception }
  | { readonly status: 'finished'; readonly reception: ListedReception }
  | { readonly status: 'in-processing'; readonly reception: ListedReception; readonly staffId: StaffId }
  | {
      readonly status: 'handed-over'
      readonly reception: ListedReception
      readonly handedOverAt: Instant
      readonly recipient: { readonly name: string }
    }
  | { readonly status: 'refused'; readonly refusedAt: Instant }

export function rowOf({ id, position, exchange, dossier: { procedure, applicant, state } }: DossierView): DossierRow {
  return unpackRow(packRow({ id, position, exchange, dossier: { procedure, applicant, state } }))
}

/** Without the names of its fields, which would take more room than what stands in them. */
export type PackedRow = readonly [
  id: DossierId,
  position: number,
  exchange: ExchangeState,
  code: string,
  version: number,
  applicant: string,
  ...state: PackedState,
]
type PackedState =
  | readonly [status: 'received' | 'finished', number: string, dueAt: Instant]
  | readonly [status: 'in-processing', number: string, dueAt: Instant, staffId: StaffId]
  | readonly [status: 'handed-over', number: string, dueAt: Instant, handedOverAt: Instant, recipient: string]
  | readonly [status: 'refused', refusedAt: Instant]

export function packRow({ id, position, exchange, dossier }: DossierRow): PackedRow {
  const { procedure, applicant, state } = dossier
  return [id, position, exchange, procedure.code, procedure.version, applicant.name, ...packState(state)]
}

function packState(state: ListedState): PackedState {
  if (state.status === 'refused') return [state.status, state.refusedAt]
  const number = state.reception.number.text
  const { dueAt } = state.reception.due
  if (state.status === 'in-processing') return [state.status, number, dueAt, state.staffId]
  if (state.status === 'handed-over') return [state.status, number, dueAt, state.handedOverAt, state.recipient.name]
  return [state.status, number, dueAt]
}

export function unpackRow([id, position, exchange, code, version, name, ...state]: PackedRow): DossierRow {
  return {
    id,
    position,
    exchange,
    dossier: { procedure: { code, version }, applicant: { name }, state: unpackState(state) },
  }
}

function unpackState(packed: PackedState): ListedState {
  if (packed[0] === 'refused') return { status: packed[0], refusedAt: packed[1] }
  const reception = { number: { text: packed[1] }, due: { dueAt: packed[2] } }
  if (packed[0] === 'in-processing') return { status: packed[0], reception, staffId: packed[3] }
  if (packed[0] !== 'handed-over') return { status: packed[0], reception }
  return { status: packed[0], reception, handedOverAt: packed[3], recipient: { name: packed[4] } }
}
