import type { DossierId, StaffId } from '../../shared/core/ids.ts'
import type { Instant } from '../../shared/core/time.ts'
import type { DossierState } from '../../shared/domain/dossier.ts'
import type { DossierView, ExchangeState } from '../../shared/ipc/view.ts'
import { type IndexSlot, momentOf } from './index-slot.ts'

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

export function rowOf({ id, position, exchange, dossier }: DossierView): DossierRow {
  const { code, version } = dossier.procedure
  const { name } = dossier.applicant
  return {
    id,
    position,
    exchange,
    dossier: { procedure: { code, version }, applicant: { name }, state: listed(dossier.state) },
  }
}

function listed(state: DossierState): ListedState {
  if (state.status === 'refused') return { status: state.status, refusedAt: state.refusedAt }
  const { number, due } = state.reception
  const reception = { number: { text: number.text }, due: { dueAt: due.dueAt } }
  if (state.status === 'in-processing') return { status: state.status, reception, staffId: state.staffId }
  if (state.status !== 'handed-over') return { status: state.status, reception }
  const { handedOverAt, recipient } = state
  return { status: state.status, reception, handedOverAt, recipient: { name: recipient.name } }
}

/**
 * What the index does not know of a row of the same position, without the names of its fields: half of what a sheet would hold,
 * so half of what a page of the list reads and leaves behind.
 */
export type PackedRow =
  | readonly [...Head]
  | readonly [...Head, number: string]
  | readonly [...Head, number: string, staffId: StaffId]
  | readonly [...Head, number: string, dueAt: Instant, recipient: string]
type Head = [id: DossierId, position: number, version: number, applicant: string]

export function packRow({ id, position, dossier: { procedure, applicant, state } }: DossierRow): PackedRow {
  const head = [id, position, procedure.version, applicant.name] as const
  if (state.status === 'refused') return head
  const { number, due } = state.reception
  if (state.status === 'in-processing') return [...head, number.text, state.staffId]
  if (state.status === 'handed-over') return [...head, number.text, due.dueAt, state.recipient.name]
  return [...head, number.text]
}

/** `slot` is the index's own of this row; at another position it tells of another state. */
export function unpackRow(packed: PackedRow, slot: IndexSlot): DossierRow {
  const [id, position, version, name] = packed
  const { exchange, procedureCode: code } = slot
  const state = unpackState(packed, slot)
  return { id, position, exchange, dossier: { procedure: { code, version }, applicant: { name }, state } }
}

function unpackState(packed: PackedRow, slot: IndexSlot): ListedState {
  const moment = momentOf(slot)
  if (packed.length === 4) return { status: 'refused', refusedAt: moment }
  const number = { text: packed[4] }
  if (packed.length === 7) {
    const [, , , , , dueAt, name] = packed
    return { status: 'handed-over', reception: { number, due: { dueAt } }, handedOverAt: moment, recipient: { name } }
  }
  const reception = { number, due: { dueAt: moment } }
  if (packed.length === 6) return { status: 'in-processing', reception, staffId: packed[5] }
  return { status: slot.status === 'finished' ? 'finished' : 'received', reception }
}
