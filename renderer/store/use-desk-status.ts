import type { DeskStatus } from '../../shared/ipc/view.ts'
import { createCell, useCell } from './cell.ts'

/** Written by `watch-desk-status.ts` and by answers that carry the new status. */
export const deskStatusCell = createCell<DeskStatus | undefined>(undefined)

export function useDeskStatus(): DeskStatus | undefined {
  return useCell(deskStatusCell)
}
