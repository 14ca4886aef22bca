import { addDays, dateOf, type Instant, instantAt, unixMsOf } from '../../shared/core/time.ts'
import { era, type IndexSlot } from './index-slot.ts'
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

/** Keys from `from` on, below `to`. */
export interface KeyRange {
  readonly from: number
  readonly to: number
}

/** Where a filter's dossiers stand in work order; `isIn` tells which of them belong to it. */
export function keysOf(filter: DossierFilter, { nowMs, tomorrowMs, dayAfterMs }: DayBounds): KeyRange {
  switch (filter) {
    case 'all':
    case 'returned':
      return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
    case 'open':
      return { from: Number.NEGATIVE_INFINITY, to: 2 * era }
    case 'in-processing':
      return { from: Number.NEGATIVE_INFINITY, to: era }
    case 'overdue':
      return { from: Number.NEGATIVE_INFINITY, to: nowMs }
    case 'today':
      return { from: nowMs, to: tomorrowMs }
    case 'tomorrow':
      return { from: tomorrowMs, to: dayAfterMs }
    case 'awaiting-hand-over':
      return { from: era, to: 2 * era }
    case 'handed-over':
      return { from: 2 * era, to: 3 * era }
    case 'refused':
      return { from: 3 * era, to: Number.POSITIVE_INFINITY }
  }
}

/** Of the slots between the filter's keys: work order does not tell these two apart from their neighbours. */
export function isIn(filter: DossierFilter, slot: IndexSlot): boolean {
  if (filter === 'in-processing') return slot.status === 'in-processing'
  if (filter === 'returned') return slot.exchange === 'returned'
  return true
}

/** Codes of the procedures a query word names. */
export function codesNamed(term: QueryTerm, procedures: ProcedureNames): ReadonlySet<string> {
  return new Set([...procedures].flatMap(([code, name]) => (procedureMatches(name, term) ? [code] : [])))
}
