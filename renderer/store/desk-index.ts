import type { DossierId } from '../../shared/core/ids.ts'
import type { Instant } from '../../shared/core/time.ts'
import type { DossierView } from '../../shared/ipc/view.ts'
import {
  boundsOf,
  type DayBounds,
  type DossierFilter,
  dossierFilters,
  type FilterCounts,
  isIn,
  type KeyRange,
  keysOf,
  type ProcedureNames,
} from './index-filter.ts'
import { type IndexSlot, slotFrom } from './index-slot.ts'
import { parseQuery } from './search-text.ts'
import { compareSlots, mergePlaces } from './slot-order.ts'
import { createSlotSearch } from './slot-search.ts'

/**
 * The order, counts and search of the work list, in memory:
 * ```
 * RxDB change stream ──► apply(views) ──► slots (one per dossier) + order by due date ──► ids ──► RxDB documents
 * ```
 * 1. Fed only by what RxDB stored; a view older than the one known is ignored.
 * 2. `order` is always sorted by key then id, so that a change moves one entry and every load gives the same order.
 * 3. A dossier keeps its slot, so that a page of slots can be saved again alone when one of them changed.
 * 4. Answers are ids; nothing here is shown.
 * 5. Most filters are a stretch of `order`, found by halving and counted by its ends; the two that are not are counted
 *    as slots change.
 * 6. Many changes at once are sorted by themselves and merged in: one by one, each would move half of `order`.
 */
export interface DeskIndex {
  readonly apply: (views: readonly DossierView[]) => void
  readonly size: () => number
  readonly slotOf: (id: string) => IndexSlot | undefined
  readonly counts: (now: Instant) => FilterCounts
  /** Ids in work order; `procedures` lets a query word name a procedure. */
  readonly list: (
    filter: DossierFilter,
    query: string,
    now: Instant,
    procedures: ProcedureNames,
  ) => readonly DossierId[]
  /** The stretch of work order that holds these dossiers, when not many others stand between them. */
  readonly stretchOf: (ids: readonly string[]) => KeyRange | undefined
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

/** More changes than this are merged in together. */
const mostSingly = 50
/** A stretch may hold this many dossiers for each that is wanted: reading two in a row is as quick as one by id. */
const mostHeld = 2
/**
 * Slots in one page of the snapshot, some 50 kB sealed. Chromium keeps a value of more than 64 kB in a file of its own, and where
 * that file is damaged neither reading the value nor writing it again ever ends.
 */
export const slotsPerPage = 200

export function createDeskIndex(): DeskIndex {
  const slots: IndexSlot[] = []
  const places = new Map<string, number>()
  let order: number[] = []
  const listeners = new Set<() => void>()
  const changedPages = new Set<number>()
  let version = 0
  let lastPosition = 0
  const counted = { 'in-processing': 0, returned: 0 }
  const search = createSlotSearch(slots)

  function findSlot(id: string): IndexSlot | undefined {
    return slots[places.get(id) ?? -1]
  }

  /** Where a slot stands in `order`, or would stand. */
  function placeOf(slot: IndexSlot): number {
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareSlots(slots[order[middle] ?? 0], slot) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How many slots of `order` stand below a key. */
  function countBelow(key: number): number {
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((slots[order[middle] ?? 0]?.key ?? 0) < key) low = middle + 1
      else high = middle
    }
    return low
  }

  function count(slot: IndexSlot | undefined, by: 1 | -1): void {
    if (slot && isIn('in-processing', slot)) counted['in-processing'] += by
    if (slot && isIn('returned', slot)) counted.returned += by
  }

  function countOf(filter: DossierFilter, bounds: DayBounds): number {
    if (filter === 'in-processing' || filter === 'returned') return counted[filter]
    const { from, to } = keysOf(filter, bounds)
    return countBelow(to) - countBelow(from)
  }

  /** Whether the slot was news, and whether it has to be put into `order`. */
  function put(next: IndexSlot, takeOut: (place: number) => void): 'known' | 'kept' | 'moved' {
    const known = places.get(next.id)
    const current = known === undefined ? undefined : slots[known]
    if (current && current.position >= next.position) return 'known'
    const place = known ?? slots.length
    const moved = current?.key !== next.key
    if (current && moved) takeOut(place)
    slots[place] = next
    count(current, -1)
    count(next, 1)
    places.set(next.id, place)
    search.put(place, current)
    changedPages.add(Math.floor(place / slotsPerPage))
    lastPosition = Math.max(lastPosition, next.position)
    return moved ? 'moved' : 'kept'
  }

  function putFew(next: readonly IndexSlot[]): boolean {
    let changed = false
    for (const slot of next) {
      const news = put(slot, (place) => {
        const current = slots[place]
        if (current) order.splice(placeOf(current), 1)
      })
      if (news === 'moved') order.splice(placeOf(slot), 0, places.get(slot.id) ?? 0)
      changed = changed || news !== 'known'
    }
    return changed
  }

  function putMany(next: readonly IndexSlot[]): boolean {
    const moved = new Set<number>()
    const takenOut = new Set<number>()
    let changed = false
    for (const slot of next) {
      const news = put(slot, (place) => takenOut.add(place))
      if (news === 'moved') moved.add(places.get(slot.id) ?? 0)
      changed = changed || news !== 'known'
    }
    const sorted = [...moved].sort((a, b) => compareSlots(slots[a], slots[b]))
    const kept = takenOut.size > 0 ? order.filter((place) => !takenOut.has(place)) : order
    order = mergePlaces(kept, sorted, (a, b) => compareSlots(slots[a], slots[b]))
    return changed
  }

  function putAll(next: readonly IndexSlot[]): void {
    const changed = next.length > mostSingly ? putMany(next) : putFew(next)
    if (!changed) return
    version += 1
    for (const listener of [...listeners]) listener()
  }

  return {
    apply: (views) => putAll(views.map(slotFrom)),
    restore: putAll,
    size: () => slots.length,
    slotOf: findSlot,
    counts: (now) => {
      const bounds = boundsOf(now)
      const counts = dossierFilters.map((filter) => [filter, countOf(filter, bounds)])
      return Object.fromEntries(counts) as FilterCounts
    },
    list: (filter, query, now, procedures) => {
      const { from, to } = keysOf(filter, boundsOf(now))
      const isFound = search.find(parseQuery(query), procedures)
      const ids: DossierId[] = []
      const end = countBelow(to)
      for (let at = countBelow(from); at < end; at += 1) {
        const place = order[at] ?? 0
        if (isFound && !isFound(place)) continue
        const slot = slots[place]
        if (slot && isIn(filter, slot)) ids.push(slot.id)
      }
      return ids
    },
    stretchOf: (ids) => {
      const keys = ids.flatMap((id) => findSlot(id)?.key ?? [])
      const stretch = { from: Math.min(...keys), to: Math.max(...keys) + 1 }
      const held = countBelow(stretch.to) - countBelow(stretch.from)
      return keys.length > 1 && held <= mostHeld * keys.length ? stretch : undefined
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
