import { addDays, dateOf, type Instant, instantAt, unixMsOf } from '../../shared/core/time.ts'
import type { IndexSlot } from './index-slot.ts'
import { procedureMatches, type QueryTerm } from './search-text.ts'

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

export interface DayBounds {
  readonly nowMs: number
  readonly tomorrowMs: number
  readonly dayAfterMs: number
}

export function boundsOf(now: Instant): DayBounds {
  const tomorrow = addDays(dateOf(now), 1)
  return {
    nowMs: unixMsOf(now),
    tomorrowMs: unixMsOf(instantAt(tomorrow, '00:00')),
    dayAfterMs: unixMsOf(instantAt(addDays(tomorrow, 1), '00:00')),
  }
}

export function isIn(filter: DossierFilter, slot: IndexSlot, bounds: DayBounds): boolean {
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

export function countAll(slots: readonly IndexSlot[], bounds: DayBounds): FilterCounts {
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
export function matcherOf(terms: readonly QueryTerm[], procedures: ProcedureNames): (slot: IndexSlot) => boolean {
  if (terms.length === 0) return () => true
  const named = terms.map((term) => {
    const codes = [...procedures].flatMap(([code, name]) => (procedureMatches(name, term) ? [code] : []))
    return { needle: term.needle, codes: new Set(codes) }
  })
  return (slot) => named.every(({ needle, codes }) => slot.text.includes(needle) || codes.has(slot.procedureCode))
}
