import type { IndexSlot } from './index-slot.ts'

/** Where in work order a sheet begins, with a slot's key and id; it ends where the next one begins. */
export interface SheetBound {
  readonly key: number
  readonly id: string
  readonly sheet: number
}

type Place = Pick<IndexSlot, 'key' | 'id'>

/** Which of the bounds a place belongs to; the first sheet has no beginning. */
export function findBound(bounds: readonly SheetBound[], { key, id }: Place): number {
  let low = 1
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const bound = bounds[middle]
    if (bound && (bound.key < key || (bound.key === key && bound.id <= id))) low = middle + 1
    else high = middle
  }
  return low - 1
}

export function sheetOf(bounds: readonly SheetBound[], place: Place): number {
  return bounds[findBound(bounds, place)]?.sheet ?? 0
}

/** The lowest number no sheet has. */
export function freeSheet(taken: ReadonlySet<number>): number {
  let sheet = 0
  while (taken.has(sheet)) sheet += 1
  return sheet
}

/** Some 40 kB sealed, for the reason told at `slotsPerPage`. */
const boundsPerPage = 500

/** A part of the bounds as it is stored. Pages belong together while they bear the same stamp: a write that broke off left others. */
export interface BoundsPage {
  readonly stamp: string
  readonly pages: number
  readonly bounds: readonly SheetBound[]
}

export function pagesOf(bounds: readonly SheetBound[], stamp: string): readonly BoundsPage[] {
  const pages = Math.ceil(bounds.length / boundsPerPage)
  return Array.from({ length: pages }, (_, page) => {
    return { stamp, pages, bounds: bounds.slice(page * boundsPerPage, (page + 1) * boundsPerPage) }
  })
}

/** Undefined when one of the pages, given in order, is missing or of another write. */
export function joinPages([first, ...others]: readonly (BoundsPage | undefined)[]): readonly SheetBound[] | undefined {
  const pages = [first, ...others].flatMap((page) => (page && page.stamp === first?.stamp ? page : []))
  return pages.length === first?.pages ? pages.flatMap(({ bounds }) => bounds) : undefined
}
