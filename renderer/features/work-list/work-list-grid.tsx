// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid positions its rows freely, which table elements do not allow.
import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useEffectEvent, useMemo } from 'react'
import { t } from '../../text/t.ts'
import { isDialogOpen } from '../../ui/dialog-open.ts'
import { useShownRows } from './use-shown-rows.ts'
import { type ShownRow, workListColumns, workListFeatures } from './work-list-columns.tsx'
import { keyOf, type WorkRows } from './work-rows.ts'

export interface WorkListGridProps {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly rows: WorkRows
  readonly selected: number
  readonly onSelect: (index: number) => void
  readonly onOpen: () => void
  /** Letters are shortcuts here alone, where nothing is typed. */
  readonly onLetter: (key: string) => boolean
}

type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'preventDefault'>

const rowHeight = 34
const headerHeight = 33

/**
 * One tab stop; the arrow keys move `aria-activedescendant`. Only what is on screen is read, unsealed and drawn, so the
 * table is given the visible rows alone.
 */
export function WorkListGrid({ scroller, rows, selected, onSelect, onOpen, onLetter }: WorkListGridProps) {
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rowKey(rows, index),
    overscan: 8,
    initialRect: { width: 900, height: 600 },
    // The sticky header would cover the active row otherwise.
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight + 2,
    scrollPaddingEnd: 4,
  })
  const visible = virtualizer.getVirtualItems()
  const data = useShownRows(rows, visible)
  const columns = useMemo(workListColumns, [])
  const table = useTable({ features: workListFeatures, columns, data: data as ShownRow[] })

  function move(index: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    onSelect(next)
    virtualizer.scrollToIndex(next)
  }

  function handleKey(event: PressedKey): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const target = targetOf(event.key, selected, rows.length, page)
    if (target !== undefined) move(target)
    else if (event.key === 'Enter') onOpen()
    else if (!onLetter(event.key)) return
    event.preventDefault()
  }

  /** The button that was pressed left with its dossier, or a dialog closed over another screen: the list is meant. */
  const handleKeyWithoutFocus = useEffectEvent((event: KeyboardEvent) => {
    if (event.target !== document.body || event.defaultPrevented || event.ctrlKey || isDialogOpen()) return
    scroller.current?.focus({ preventScroll: true })
    handleKey(event)
  })
  useEffect(() => {
    window.addEventListener('keydown', handleKeyWithoutFocus)
    return () => window.removeEventListener('keydown', handleKeyWithoutFocus)
  }, [])

  const active = rows.at(selected)
  return (
    <div
      className="grid"
      ref={scroller}
      role="grid"
      aria-label={t('workList.grid')}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={active ? `row-${keyOf(active)}` : undefined}
      tabIndex={0}
      onKeyDown={handleKey}
    >
      <div className="grid-head" role="rowgroup">
        {table.getHeaderGroups().map((group) => (
          <div role="row" aria-rowindex={1} key={group.id}>
            {group.headers.map((header) => (
              <div role="columnheader" key={header.id}>
                <table.FlexRender header={header} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: virtualizer.getTotalSize() }}>
        {table.getRowModel().rows.map((row, place) => {
          const item = visible[place]
          if (!item) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys.
            <div
              key={item.key}
              id={`row-${item.key}`}
              role="row"
              tabIndex={-1}
              aria-rowindex={item.index + 2}
              aria-selected={item.index === selected}
              className="grid-row"
              style={{ transform: `translateY(${item.start - headerHeight}px)` }}
              onClick={() => onSelect(item.index)}
              onDoubleClick={onOpen}
            >
              {row.getAllCells().map((cell) => (
                <div role="gridcell" key={cell.id} className={`cell-${cell.column.id}`}>
                  <table.FlexRender cell={cell} />
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function rowKey(rows: WorkRows, index: number): string {
  const row = rows.at(index)
  return row ? keyOf(row) : String(index)
}

function targetOf(key: string, selected: number, count: number, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return selected + 1
    case 'ArrowUp':
      return selected - 1
    case 'PageDown':
      return selected + page
    case 'PageUp':
      return selected - page
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
