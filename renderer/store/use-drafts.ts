import type { DraftView } from '../../shared/ipc/view.ts'
import { createCell, useCell } from './cell.ts'

/** Written from the `drafts` collection by `draft-feed.ts`. */
export const draftsCell = createCell<readonly DraftView[]>([])

/** Drafts, the last saved first. */
export function useDrafts(): readonly DraftView[] {
  return useCell(draftsCell)
}
