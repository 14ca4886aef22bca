import type { DossierId } from '../../shared/core/ids.ts'
import { type Instant, instantOf, unixMsOf } from '../../shared/core/time.ts'
import type { DossierStatus } from '../../shared/domain/dossier.ts'
import type { DossierView, ExchangeState } from '../../shared/ipc/view.ts'
import { searchTextOf } from './search-text.ts'

/** What the desk index keeps of a dossier. */
export interface IndexSlot {
  readonly id: DossierId
  readonly position: number
  readonly status: DossierStatus
  readonly exchange: ExchangeState
  readonly procedureCode: string
  /** Its place in work order. */
  readonly key: number
  /** Folded words it is found by. */
  readonly text: string
}

/** Above every date in milliseconds: keeps work to do, results to hand over and closed dossiers apart. */
export const era = 1e14

export function slotFrom(view: DossierView): IndexSlot {
  const { state } = view.dossier
  return {
    id: view.id,
    position: view.position,
    status: state.status,
    exchange: view.exchange,
    procedureCode: view.dossier.procedure.code,
    key: sortKeyOf(view),
    text: searchTextOf(view.dossier),
  }
}

/** Work by due date, then results to hand over by due date, then what is closed, the newest first. */
export function sortKeyOf({ dossier: { state } }: DossierView): number {
  switch (state.status) {
    case 'received':
    case 'in-processing':
      return unixMsOf(state.reception.due.dueAt)
    case 'finished':
      return era + unixMsOf(state.reception.due.dueAt)
    case 'handed-over':
      return 3 * era - unixMsOf(state.handedOverAt)
    case 'refused':
      return 4 * era - unixMsOf(state.refusedAt)
  }
}

/** What `sortKeyOf` made the key of: when a dossier is due, was handed over or refused. */
export function momentOf({ status, key }: Pick<IndexSlot, 'status' | 'key'>): Instant {
  switch (status) {
    case 'received':
    case 'in-processing':
      return instantOf(key)
    case 'finished':
      return instantOf(key - era)
    case 'handed-over':
      return instantOf(3 * era - key)
    case 'refused':
      return instantOf(4 * era - key)
  }
}
