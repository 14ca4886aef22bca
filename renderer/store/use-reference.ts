import type { Publications } from '../../shared/law/publication.ts'
import { createCell, useCell } from './cell.ts'

/** Written from the `reference` collection by `reference-feed.ts`. */
export const referenceCell = createCell<Partial<Publications>>({})

/** The district's published reference data this desk holds; empty before sign-in. */
export function useReference(): Partial<Publications> {
  return useCell(referenceCell)
}
