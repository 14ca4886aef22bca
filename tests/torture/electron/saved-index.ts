import { type PackedRow, packRow, rowOf } from '../../../renderer/store/dossier-row.ts'
import { type IndexSlot, slotFrom } from '../../../renderer/store/index-slot.ts'
import { type BoundsPage, joinPages, type SheetBound, sheetOf } from '../../../renderer/store/sheet-bounds.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'

/** What lists and search would be served from at the next start, beside what the journal folds to. */
export interface SavedIndexReading {
  /** False until the page has saved its index for the first time. */
  readonly isSaved: boolean
  /** Rows and slots that say they are as new as the journal, and were compared. */
  readonly rows: number
  readonly slots: number
  /** Dossiers the head covers whose row stands in no sheet where it is looked for: they are read whole, which costs time. */
  readonly rowsMissing: number
  /** Ids of rows and slots that would be shown and are not what the fold gives, and of slots that are missing. */
  readonly rowsDifferent: readonly string[]
  readonly slotsDifferent: readonly string[]
}

/**
 * 1. A row counts only at the position that the index knows (`row-sheets.ts`), so an older one is no fault; one of a position
 *    the journal has not come to, or of no dossier, is.
 * 2. The head is written last: every dossier that has not changed after it has its slot, exactly once.
 * 3. `saved` holds what opened of the collection `snapshot`, by id.
 */
export function compareSavedIndex(
  saved: ReadonlyMap<string, unknown>,
  folded: ReadonlyMap<string, DossierView>,
): SavedIndexReading {
  const head = saved.get('head') as { readonly pages: number; readonly position: number } | undefined
  const bounds = savedBounds(saved)
  const rowsDifferent = new Set<string>()
  const found = new Set<string>()
  let rows = 0
  for (const [sheet, row] of sheetRows(saved)) {
    const view = folded.get(row[0])
    if (view && row[1] < view.position) continue
    rows += 1
    if (!view || JSON.stringify(row) !== JSON.stringify(packRow(rowOf(view)))) rowsDifferent.add(row[0])
    else if (bounds && sheet === sheetOf(bounds, slotFrom(view))) found.add(view.id)
  }
  const slots = savedSlots(saved, head?.pages ?? 0)
  const covered = head ? [...folded.values()].filter(({ position }) => position <= head.position) : []
  const slotsDifferent = covered.filter((view) => {
    const [slot, ...others] = slots.get(view.id) ?? []
    return others.length > 0 || JSON.stringify(slot) !== JSON.stringify(slotFrom(view))
  })
  const unknown = [...slots.keys()].filter((id) => !folded.has(id))
  return {
    isSaved: head !== undefined && bounds !== undefined,
    rows,
    slots: covered.length,
    rowsMissing: covered.filter(({ id }) => !found.has(id)).length,
    rowsDifferent: [...rowsDifferent],
    slotsDifferent: [...slotsDifferent.map(({ id }) => id), ...unknown],
  }
}

function savedBounds(saved: ReadonlyMap<string, unknown>): readonly SheetBound[] | undefined {
  const first = saved.get('bounds-0') as BoundsPage | undefined
  const pages = Array.from({ length: first?.pages ?? 0 }, (_, page) => saved.get(`bounds-${page}`))
  return joinPages(pages as readonly (BoundsPage | undefined)[])
}

function sheetRows(saved: ReadonlyMap<string, unknown>): readonly (readonly [sheet: number, row: PackedRow])[] {
  return [...saved].flatMap(([id, rows]) => {
    const [, sheet] = id.match(/^sheet-(\d+)$/) ?? []
    return sheet === undefined ? [] : (rows as readonly PackedRow[]).map((row) => [Number(sheet), row] as const)
  })
}

function savedSlots(saved: ReadonlyMap<string, unknown>, pages: number): ReadonlyMap<string, readonly IndexSlot[]> {
  const slots = new Map<string, readonly IndexSlot[]>()
  for (let page = 0; page < pages; page += 1) {
    for (const slot of (saved.get(`slots-${page}`) ?? []) as readonly IndexSlot[])
      slots.set(slot.id, [...(slots.get(slot.id) ?? []), slot])
  }
  return slots
}
