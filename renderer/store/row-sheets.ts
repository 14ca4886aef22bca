import type { DossierView } from '../../shared/ipc/view.ts'
import type { DeskDatabase } from './collections.ts'
import type { DeskIndex } from './desk-index.ts'
import { type DossierRow, type PackedRow, packRow, rowOf, unpackRow } from './dossier-row.ts'
import type { IndexSlot } from './index-slot.ts'
import { type Packed, packSheets } from './pack-sheets.ts'
import { queueRuns } from './queue-runs.ts'
import { unseal } from './seal.ts'
import { type BoundsPage, joinPages, pagesOf, type SheetBound, sheetOf } from './sheet-bounds.ts'
import { snapshotsById } from './stored-dossiers.ts'
import { sealSnapshot, writeSnapshots } from './write-snapshot.ts'

/**
 * The rows of the list in work order, some fifty in one sealed document: a page of the list is one reading of two or three
 * of them instead of fifty dossiers.
 * ```
 * work order ──────────────┬──────────────┬──────────────   put(views) ──► rows that wait
 *              sheet-0     │   sheet-7    │   sheet-3                           │ save
 *                      bounds[1]      bounds[2]    the sheets they belong to and those they left, ──► bounds
 *                                                  cut or joined (`pack-sheets.ts`)
 * ```
 * 1. Derived from `dossiers` alone. A row holds what the index lacks and counts only while its position is the one the index
 *    knows: a sheet that is old, lost or half of a broken write costs time and is never shown, the dossier is read whole and
 *    put here again.
 * 2. Views are put here before the index has them, which then still tells what place a row leaves.
 * 3. The bounds are written after the sheets they name, where they changed, before the snapshot of the index that covers both. A
 *    snapshot without them does not count either, nor do bounds of which some pages are of another write: then every dossier
 *    comes by once more.
 * 4. Numbers of joined sheets are used again, so nothing is removed and nothing piles up.
 * 5. Sheets and bounds bear no version: another layout of a row takes other names (`sheetId`), so that neither version reads
 *    the other's.
 */
export interface RowSheets {
  /** False when there is nothing to start from. */
  readonly restore: () => Promise<boolean>
  readonly put: (views: readonly DossierView[]) => void
  /** Whether these stand so close in work order that their sheets are worth reading. */
  readonly areTogether: (ids: readonly string[]) => boolean
  /** Those of them that are as new as the index. */
  readonly find: (ids: readonly string[]) => Promise<readonly DossierRow[]>
  /** So much waits that a save should not wait for quiet. */
  readonly isFull: () => boolean
  readonly save: () => Promise<void>
}

export interface RowSheetsOptions {
  readonly database: DeskDatabase
  readonly key: CryptoKey
  readonly index: Pick<DeskIndex, 'slotOf'>
}

/** Fewer rows from each sheet are read sooner as whole dossiers. */
const fewestWanted = 4
const mostWaiting = 10_000

export function createRowSheets({ database, key, index: { slotOf } }: RowSheetsOptions): RowSheets {
  const waiting = new Map<string, DossierRow>()
  let left: readonly IndexSlot[] = []
  let bounds: readonly SheetBound[] = [{ key: 0, id: '', sheet: 0 }]
  let areBoundsStored = false

  /** What does not open counts as lost. */
  async function read<T>(ids: readonly string[]): Promise<readonly T[]> {
    try {
      const found = await snapshotsById(database, ids)
      return await Promise.all(found.map(({ id, sealed }) => unseal<T>(key, 'snapshot', id, sealed)))
    } catch {
      return []
    }
  }

  async function readPage(page: number): Promise<BoundsPage | undefined> {
    const [found] = await read<BoundsPage>([boundsId(page)])
    return found
  }

  async function rowsIn(sheets: Iterable<number>): Promise<readonly PackedRow[]> {
    return (await read<readonly PackedRow[]>([...sheets].map(sheetId))).flat()
  }

  function slotsOf(ids: Iterable<string>): readonly IndexSlot[] {
    return [...ids].flatMap((id) => slotOf(id) ?? [])
  }

  async function write({ bounds: next, sheets }: Packed): Promise<void> {
    const documents = [...sheets].map(([sheet, rows]) => sealSnapshot(key, sheetId(sheet), rows))
    await writeSnapshots(database, documents)
    if (areBoundsStored && isSame(next, bounds)) return
    areBoundsStored = false
    const pages = pagesOf(next, crypto.randomUUID())
    await writeSnapshots(
      database,
      pages.map((page, at) => sealSnapshot(key, boundsId(at), page)),
    )
    areBoundsStored = true
  }

  /** What comes meanwhile waits for the next save. When this one fails, so does all that stands in a sheet it touched. */
  async function save(): Promise<void> {
    const rows = [...waiting.values()]
    const leaving = left
    if (rows.length === 0) return
    const packed = await packSheets({
      bounds,
      rows: rows.map(packRow),
      left: leaving,
      slotOf,
      rowsIn: (sheet) => rowsIn([sheet]),
    })
    try {
      await write(packed)
    } catch (cause) {
      for (const row of unpack([...packed.sheets.values()].flat(), slotOf)) {
        if (!waiting.has(row.id)) waiting.set(row.id, row)
      }
      throw cause
    }
    bounds = packed.bounds
    for (const row of rows) if (waiting.get(row.id) === row) waiting.delete(row.id)
    left = left.slice(leaving.length)
  }

  return {
    async restore() {
      const first = await readPage(0)
      const others = Array.from({ length: (first?.pages ?? 1) - 1 }, (_, at) => readPage(at + 1))
      const found = joinPages([first, ...(await Promise.all(others))])
      areBoundsStored = found !== undefined
      bounds = found ?? bounds
      return areBoundsStored
    },
    put(views) {
      const news = views.filter(({ id, position }) => (slotOf(id)?.position ?? 0) <= position)
      left = [...left, ...slotsOf(news.map(({ id }) => id))]
      for (const view of news) waiting.set(view.id, rowOf(view))
    },
    areTogether: (ids) => {
      const slots = slotsOf(ids)
      return slots.length >= fewestWanted * new Set(slots.map((slot) => sheetOf(bounds, slot))).size
    },
    async find(ids) {
      const wanted = new Map(slotsOf(ids).map((slot) => [slot.id as string, slot]))
      const rows = ids
        .flatMap((id) => waiting.get(id) ?? [])
        .filter(({ id, position }) => wanted.get(id)?.position === position)
      for (const { id } of rows) wanted.delete(id)
      const sheets = new Set([...wanted.values()].map((slot) => sheetOf(bounds, slot)))
      if (sheets.size === 0) return rows
      return [...rows, ...unpack(await rowsIn(sheets), (id) => wanted.get(id))]
    },
    isFull: () => waiting.size + left.length >= mostWaiting,
    save: queueRuns(save),
  }
}

/** Those that are of the positions the slots tell; these know the rest of them. */
function unpack(rows: readonly PackedRow[], find: (id: string) => IndexSlot | undefined): readonly DossierRow[] {
  return rows.flatMap((row) => {
    const [id, position] = row
    const slot = find(id)
    return slot?.position === position ? unpackRow(row, slot) : []
  })
}

function sheetId(sheet: number): string {
  return `sheet-${sheet}`
}

function boundsId(page: number): string {
  return `bounds-${page}`
}

/** Bounds that stay are the same objects. */
function isSame(next: readonly SheetBound[], bounds: readonly SheetBound[]): boolean {
  return next.length === bounds.length && next.every((bound, at) => bound === bounds[at])
}
