import type { DossierId } from '../../shared/core/ids.ts'
import { addDays, dateOf, type Instant, instantAt, unixMsOf } from '../../shared/core/time.ts'
import type { DossierStatus } from '../../shared/domain/dossier.ts'
import type { DossierView, ExchangeState } from '../../shared/ipc/view.ts'
import { parseQuery, procedureMatches, type QueryTerm, searchTextOf } from './search-text.ts'

/**
 * The order, counts and search of the work list, in memory:
 * ```
 * RxDB change stream ──► apply(views) ──► slots (one per dossier) + order by due date ──► ids ──► RxDB documents
 * ```
 * 1. Fed only by what RxDB stored; a view older than the one known is ignored.
 * 2. `order` is always sorted by key then slot, so that a change moves one entry.
 * 3. Answers are ids; nothing here is shown.
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
}

export const dossierFilters = [
  'all',
  'open',
  'overdue',
  'today',
  'tomorrow',
  'in-processing',
  'awaiting-hand-over',
  'returned',
  'handed-over',
  'refused',
] as const
export type DossierFilter = (typeof dossierFilters)[number]
export type FilterCounts = Readonly<Record<DossierFilter, number>>
export type ProcedureNames = ReadonlyMap<string, string>

interface Slot {
  readonly id: DossierId
  position: number
  status: DossierStatus
  exchange: ExchangeState
  procedureCode: string
  dueMs: number
  key: number
  text: string
}

/** Above every date in milliseconds: keeps work to do, results to hand over and closed dossiers apart. */
const era = 1e14

export function createDeskIndex(): DeskIndex {
  const slots: Slot[] = []
  const slotOf = new Map<string, number>()
  const order: number[] = []
  const listeners = new Set<() => void>()
  let version = 0

  function placeOf(slot: number): number {
    const key = slots[slot]?.key ?? 0
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = order[middle] ?? 0
      const otherKey = slots[other]?.key ?? 0
      if (otherKey < key || (otherKey === key && other < slot)) low = middle + 1
      else high = middle
    }
    return low
  }

  function put(view: DossierView): boolean {
    const known = slotOf.get(view.id)
    const current = known === undefined ? undefined : slots[known]
    if (current && current.position >= view.position) return false
    const next = slotFrom(view)
    if (known === undefined || !current) {
      slots.push(next)
      slotOf.set(view.id, slots.length - 1)
      order.splice(placeOf(slots.length - 1), 0, slots.length - 1)
      return true
    }
    if (current.key !== next.key) order.splice(placeOf(known), 1)
    const moved = current.key !== next.key
    slots[known] = next
    if (moved) order.splice(placeOf(known), 0, known)
    return true
  }

  return {
    apply: (views) => {
      let changed = false
      for (const view of views) changed = put(view) || changed
      if (!changed) return
      version += 1
      for (const listener of [...listeners]) listener()
    },
    size: () => slots.length,
    position: (id) => slots[slotOf.get(id) ?? -1]?.position,
    counts: (now) => countAll(slots, boundsOf(now)),
    list: (filter, query, now, procedures) => {
      const bounds = boundsOf(now)
      const matches = matcherOf(parseQuery(query), procedures)
      const ids: DossierId[] = []
      for (const index of order) {
        const slot = slots[index]
        if (slot && isIn(filter, slot, bounds) && matches(slot)) ids.push(slot.id)
      }
      return ids
    },
    version: () => version,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function slotFrom(view: DossierView): Slot {
  const { state } = view.dossier
  const dueMs = state.status === 'refused' ? 0 : unixMsOf(state.reception.due.dueAt)
  return {
    id: view.id,
    position: view.position,
    status: state.status,
    exchange: view.exchange,
    procedureCode: view.dossier.procedure.code,
    dueMs,
    key: sortKeyOf(view, dueMs),
    text: searchTextOf(view.dossier),
  }
}

/** Work by due date, then results to hand over by due date, then what is closed, the newest first. */
function sortKeyOf(view: DossierView, dueMs: number): number {
  const { state } = view.dossier
  switch (state.status) {
    case 'received':
    case 'in-processing':
      return dueMs
    case 'finished':
      return era + dueMs
    case 'handed-over':
      return 3 * era - unixMsOf(state.handedOverAt)
    case 'refused':
      return 4 * era - unixMsOf(state.refusedAt)
  }
}

interface DayBounds {
  readonly nowMs: number
  readonly tomorrowMs: number
  readonly dayAfterMs: number
}

function boundsOf(now: Instant): DayBounds {
  const tomorrow = addDays(dateOf(now), 1)
  return {
    nowMs: unixMsOf(now),
    tomorrowMs: unixMsOf(instantAt(tomorrow, '00:00')),
    dayAfterMs: unixMsOf(instantAt(addDays(tomorrow, 1), '00:00')),
  }
}

function isIn(filter: DossierFilter, slot: Slot, bounds: DayBounds): boolean {
  const running = slot.status === 'received' || slot.status === 'in-processing'
  switch (filter) {
    case 'all':
      return true
    case 'open':
      return running || slot.status === 'finished'
    case 'overdue':
      return running && slot.dueMs < bounds.nowMs
    case 'today':
      return running && slot.dueMs >= bounds.nowMs && slot.dueMs < bounds.tomorrowMs
    case 'tomorrow':
      return running && slot.dueMs >= bounds.tomorrowMs && slot.dueMs < bounds.dayAfterMs
    case 'in-processing':
      return slot.status === 'in-processing'
    case 'awaiting-hand-over':
      return slot.status === 'finished'
    case 'returned':
      return slot.exchange === 'returned'
    case 'handed-over':
      return slot.status === 'handed-over'
    case 'refused':
      return slot.status === 'refused'
  }
}

function countAll(slots: readonly Slot[], bounds: DayBounds): FilterCounts {
  const counts: Record<DossierFilter, number> = {
    all: 0,
    open: 0,
    overdue: 0,
    today: 0,
    tomorrow: 0,
    'in-processing': 0,
    'awaiting-hand-over': 0,
    returned: 0,
    'handed-over': 0,
    refused: 0,
  }
  for (const slot of slots) {
    for (const filter of dossierFilters) if (isIn(filter, slot, bounds)) counts[filter] += 1
  }
  return counts
}

/** Each word must be found in the dossier's text or name its procedure. */
function matcherOf(terms: readonly QueryTerm[], procedures: ProcedureNames): (slot: Slot) => boolean {
  if (terms.length === 0) return () => true
  const named = terms.map((term) => {
    const codes = [...procedures].flatMap(([code, name]) => (procedureMatches(name, term) ? [code] : []))
    return { needle: term.needle, codes: new Set(codes) }
  })
  return (slot) => named.every(({ needle, codes }) => slot.text.includes(needle) || codes.has(slot.procedureCode))
}
