import './work-list.css'
import { Button, TextInput } from '@mantine/core'
import { IconFilePlus, IconFilter } from '@tabler/icons-react'
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react'
import { formatRoute, navigate } from '../../app/route.ts'
import { useDossierList, useFilterCounts } from '../../store/use-dossier-list.ts'
import { useDrafts } from '../../store/use-drafts.ts'
import { useProcedureNames } from '../../store/use-procedures.ts'
import { formatCount } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DiscardedNotice } from './discarded-notice.tsx'
import { DossierPreview } from './dossier-preview.tsx'
import { DraftPreview } from './draft-preview.tsx'
import { FilterChips } from './filter-chips.tsx'
import { useDiscardedDrafts } from './use-discarded-drafts.ts'
import { useGridFocus } from './use-grid-focus.ts'
import { WorkListGrid } from './work-list-grid.tsx'
import { draftRows, keyOf, type WorkFilter, type WorkRow, workRows } from './work-rows.ts'

/** Việc cần làm: what this desk has to do, by due date. */
export function WorkListScreen() {
  const [filter, setFilter] = useState<WorkFilter>('open')
  // The field keeps what is typed; only the list may come a moment later.
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const [selection, setSelection] = useState<{ readonly key: string; readonly index: number }>()
  const [handOver, setHandOver] = useState(false)
  const searchField = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const discarded = useDiscardedDrafts(useGridFocus(grid))
  const rows = useWorkRows(filter, wanted)
  const found = selection ? rows.indexOf(selection.key) : 0
  const selected = found >= 0 ? found : Math.max(0, Math.min(selection?.index ?? 0, rows.length - 1))
  const row = rows.at(selected)

  function select(index: number): void {
    const next = rows.at(index)
    if (next) setSelection({ key: keyOf(next), index })
  }

  function choose(next: WorkFilter): void {
    setFilter(next)
    setSelection(undefined)
  }

  function handleLetter(key: string): boolean {
    if (key === '/') searchField.current?.focus()
    else if (key === 't' || key === 'T') setHandOver(true)
    else return false
    return true
  }

  return (
    <>
      <Head>
        <TextInput
          ref={searchField}
          className="list-filter"
          aria-label={t('workList.searchField')}
          placeholder={t('workList.searchPlaceholder')}
          leftSection={<IconFilter size={15} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('')
          }}
        />
      </Head>
      <FilterChips chosen={filter} onChoose={choose} />
      <div className="split">
        <div className="card grid-card">
          <WorkListGrid
            scroller={grid}
            rows={rows}
            selected={selected}
            onSelect={select}
            onOpen={() => open(row)}
            onLetter={handleLetter}
          />
          {rows.length === 0 ? <EmptyState text={emptyText(filter, wanted)} /> : null}
        </div>
        <aside className="card preview" aria-label={t('workList.preview')}>
          <DiscardedNotice drafts={discarded} />
          {row?.kind === 'draft' ? <DraftPreview row={row} onDiscard={discarded.discard} /> : null}
          {row?.kind === 'dossier' ? (
            <DossierPreview key={row.id} id={row.id} handOver={handOver} onHandOver={setHandOver} />
          ) : null}
          {row ? null : <p className="muted">{t('workList.previewEmpty')}</p>}
        </aside>
      </div>
    </>
  )
}

function useWorkRows(filter: WorkFilter, query: string) {
  const drafts = useDrafts()
  const procedures = useProcedureNames()
  const ids = useDossierList(filter === 'drafts' ? 'open' : filter, query)
  return useMemo(
    () => workRows(draftRows(drafts, filter, query, procedures), filter === 'drafts' ? [] : ids),
    [drafts, filter, query, procedures, ids],
  )
}

function Head({ children }: { readonly children: ReactNode }) {
  const counts = useFilterCounts()
  const overdue = counts?.overdue ?? 0
  const today = counts?.today ?? 0
  const summary =
    overdue + today === 0
      ? t('workList.summaryNone')
      : t('workList.summary', { overdue: formatCount(overdue), today: formatCount(today) })
  return (
    <div className="head">
      <h1>{t('workList.title')}</h1>
      <span className="muted">{counts ? summary : ''}</span>
      <div className="head-actions">
        {children}
        <Button
          component="a"
          href={formatRoute({ page: 'intake' })}
          leftSection={<IconFilePlus size={16} aria-hidden />}
          rightSection={<span className="key-on-fill">F2</span>}
        >
          {t('workList.receive')}
        </Button>
      </div>
    </div>
  )
}

function open(row: WorkRow | undefined): void {
  if (row?.kind === 'draft') navigate({ page: 'intake', draftId: row.draft.id })
  if (row?.kind === 'dossier') navigate({ page: 'dossier', dossierId: row.id })
}

function emptyText(filter: WorkFilter, query: string): string {
  return query === '' ? t(`workList.empty.${filter}`) : t('workList.empty.search', { query })
}
