import { useSyncExternalStore } from 'react'
import type { DossierId } from '../../shared/core/ids.ts'
import type { DossierView, ExchangeState } from '../../shared/ipc/view.ts'
import { createCell } from './cell.ts'

/** Dossiers being sent at this moment; written by `watch-desk-status.ts`. */
export const sendingCell = createCell<ReadonlySet<string>>(new Set())

/** Renders only those whose answer changed: a page on the line may hold thousands. */
export function useIsSending(id: DossierId): boolean {
  return useSyncExternalStore(sendingCell.subscribe, () => sendingCell.get().has(id))
}

/** The one state a record is shown in (R15): what the store knows of it, and over it what is being sent right now. */
export function useRecordState({ id, exchange }: Pick<DossierView, 'id' | 'exchange'>): ExchangeState | 'sending' {
  const isSending = useIsSending(id)
  // A store written by an earlier version may hold "sending" itself, and then means no more than "waiting".
  if (exchange === 'accepted' || exchange === 'returned') return exchange
  return isSending ? 'sending' : 'waiting'
}
