import { useFilterCounts } from '../../store/use-dossier-list.ts'
import { useDrafts } from '../../store/use-drafts.ts'
import { capitalise, formatCount } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import type { WorkFilter } from './work-rows.ts'

const chips: readonly WorkFilter[] = [
  'open',
  'overdue',
  'today',
  'tomorrow',
  'in-processing',
  'awaiting-hand-over',
  'drafts',
  'returned',
  'handed-over',
  'refused',
]
/** Shown only when they hold something: rare, and then important or just history. */
const onlyWhenFilled: ReadonlySet<WorkFilter> = new Set(['returned', 'refused'])
const tones: Partial<Record<WorkFilter, string>> = { overdue: 'chip-red', today: 'chip-gold', returned: 'chip-red' }

export interface FilterChipsProps {
  readonly chosen: WorkFilter
  readonly onChoose: (filter: WorkFilter) => void
}

export function FilterChips({ chosen, onChoose }: FilterChipsProps) {
  const counts = useFilterCounts()
  const drafts = useDrafts().length
  const tier = capitalise(useUpperTier())
  const countOf = (filter: WorkFilter) => {
    if (filter === 'drafts') return drafts
    return (counts?.[filter] ?? 0) + (filter === 'open' ? drafts : 0)
  }
  return (
    <fieldset className="chips" aria-label={t('workList.filters')}>
      {chips
        .filter((filter) => filter === chosen || !onlyWhenFilled.has(filter) || countOf(filter) > 0)
        .map((filter) => (
          <button
            key={filter}
            type="button"
            className={`chip ${countOf(filter) > 0 ? (tones[filter] ?? '') : ''}`}
            aria-pressed={filter === chosen}
            onClick={() => onChoose(filter)}
          >
            {t(`workList.filter.${filter}`, { tier })} <b>{formatCount(countOf(filter))}</b>
          </button>
        ))}
    </fieldset>
  )
}
