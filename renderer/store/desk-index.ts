import type { DossierId } from '../../shared/core/ids.ts'
import type { Instant } from '../../shared/core/time.ts'
import type { DossierView } from '../../shared/ipc/view.ts'
import {
  boundsOf,
  countAll,
  type DossierFilter,
  type FilterCounts,
  isIn,
  matcherOf,
  type ProcedureNames,
} from './index-filter.ts'
import { type IndexSlot, slotFrom } from './index-slot.ts'
import { parseQuery } from './search-text.ts'

/**
 * The order, counts and search of the work list, in memory:
 * ```
 * RxDB change stream ──► apply(views) ──► slots (one per dossier) + order by due date ──► ids ──► RxDB documents
 * ```
 * 1. Fed only by what RxDB stored; a view older than the one known is ignored.
 * 2. `order` is always sorted by key then id, so that a change moves one entry and every load gives the same order.
 * 3. A dossier keeps its slot, so that a page of slots can be saved again alone when one of them changed.
 * 4. Answers are ids; nothing here is shown.
 */
export interface DeskIndex {
  readonly apply: (views: readonly DossierView[]) => void
  readonly size: () => number
  readonly position: (id: string) => number | undefined
  readonly counts: (now: Instant) => FilterCounts
  /** Ids in work order; `procedures` lets a query word name a procedure. */
  readonly list: (
    filter: DossierFilter,
    query: string,
    now: Instant,
    procedures: ProcedureNames,
  ) => readonly DossierId[]
  /** Grows with every change, for `useSyncExternalStore`. */
  readonly version: () => number
  readonly subscribe: (listener: () => void) => () => void
  /** For the snapshot: put back what `pageOf` gave, and which pages changed since the last time this was asked. */
  readonly restore: (slots: readonly IndexSlot[]) => void
  readonly pageOf: (page: number) => readonly IndexSlot[]
  readonly takeChangedPages: () => readonly number[]
  /** They could not be saved after all. */
  readonly putBackChangedPages: (pages: readonly number[]) => void
  /** The newest change that is in here. */
  readonly lastPosition: () => number
}

/** Slots in one page of the snapshot: sealing a page takes a few milliseconds. */
export const slotsPerPage = 2000

export function createDeskIndex(): DeskIndex {
  const slots: IndexSlot[] = []
  const slotOf = new Map<string, number>()
  const order: number[] = []
  const listeners = new Set<() => void>()
  const changedPages = new Set<number>()
  let version = 0
  let lastPosition = 0

  /** Where a slot stands in `order`, or would stand. */
  function placeOf({ key, id }: IndexSlot): number {
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = slots[order[middle] ?? 0]
      if (other && (other.key < key || (other.key === key && other.id < id))) low = middle + 1
      else high = middle
    }
    return low
  }

  function put(next: IndexSlot): boolean {
    const known = slotOf.get(next.id)
    const current = known === undefined ? undefined : slots[known]
    if (current && current.position >= next.position) return false
    const place = known ?? slots.length
    const moved = current?.key !== next.key
    if (current && moved) order.splice(placeOf(current), 1)
    slots[place] = next
    slotOf.set(next.id, place)
    if (moved) order.splice(placeOf(next), 0, place)
    changedPages.add(Math.floor(place / slotsPerPage))
    lastPosition = Math.max(lastPosition, next.position)
    return true
  }

  function putAll(next: readonly IndexSlot[]): void {
    let changed = false
    for (const slot of next) changed = put(slot) || changed
    if (!changed) return
    version += 1
    for (const listener of [...listeners]) listener()
  }

  return {
    apply: (views) => putAll(views.map(slotFrom)),
    restore: putAll,
    size: () => slots.length,
    position: (id) => slots[slotOf.get(id) ?? -1]?.position,
    counts: (now) => countAll(slots, boundsOf(now)),
    list: (filter, query, now, procedures) => {
      const bounds = boundsOf(now)
      const matches = matcherOf(parseQuery(query), procedures)
      const ids: DossierId[] = []
      for (const place of order) {
        const slot = slots[place]
        if (slot && isIn(filter, slot, bounds) && matches(slot)) ids.push(slot.id)
      }
      return ids
    },
    version: () => version,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pageOf: (page) => slots.slice(page * slotsPerPage, (page + 1) * slotsPerPage),
    takeChangedPages: () => {
      const pages = [...changedPages]
      changedPages.clear()
      return pages
    },
    putBackChangedPages: (pages) => {
      for (const page of pages) changedPages.add(page)
    },
    lastPosition: () => lastPosition,
  }
}
