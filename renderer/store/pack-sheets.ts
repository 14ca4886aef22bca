import type { PackedRow } from './dossier-row.ts'
import type { IndexSlot } from './index-slot.ts'
import { findBound, freeSheet, type SheetBound, sheetOf } from './sheet-bounds.ts'
import { compareSlots } from './slot-order.ts'

export interface PackWish {
  readonly bounds: readonly SheetBound[]
  /** Rows to put in. */
  readonly rows: readonly PackedRow[]
  /** Where some of them stood before. */
  readonly left: readonly IndexSlot[]
  readonly slotOf: (id: string) => IndexSlot | undefined
  readonly rowsIn: (sheet: number) => Promise<readonly PackedRow[]>
}

export interface Packed {
  readonly bounds: readonly SheetBound[]
  /** Those that changed, by number. */
  readonly sheets: ReadonlyMap<number, readonly PackedRow[]>
}

/** A page of the list reads a sheet more than it shows: the shorter they are, the less is read in vain and left to collect. */
export const mostRows = 64
const fewestRows = 16

/**
 * Puts rows into their sheets and drops what is no longer true of them, from the last sheet to the first: one that grew
 * short is handed to the one before it, which then has its turn.
 */
export async function packSheets({ bounds, rows, left, slotOf, rowsIn }: PackWish): Promise<Packed> {
  const next = [...bounds]
  const taken = new Set(next.map(({ sheet }) => sheet))
  const sheets = new Map<number, readonly PackedRow[]>()
  const added = new Map<number, PackedRow[]>(left.map((slot) => [sheetOf(next, slot), []]))
  const add = (sheet: number, row: PackedRow) => {
    const known = added.get(sheet)
    if (known) known.push(row)
    else added.set(sheet, [row])
  }
  for (const row of rows) {
    const slot = slotOf(row[0])
    if (slot) add(sheetOf(next, slot), row)
  }
  for (let at = next.length - 1; at >= 0; at -= 1) {
    const bound = next[at]
    const more = bound && added.get(bound.sheet)
    if (!more) continue
    const placed = new Map<string, PlacedRow>()
    for (const row of [...(await rowsIn(bound.sheet)), ...more]) {
      const [id, position] = row
      const slot = slotOf(id)
      if (slot?.position === position && findBound(next, slot) === at) placed.set(id, { row, slot })
    }
    const before = next[at - 1]
    if (before && placed.size < fewestRows) {
      for (const { row } of placed.values()) add(before.sheet, row)
      next.splice(at, 1)
      taken.delete(bound.sheet)
      continue
    }
    const [first = [], ...others] = cut([...placed.values()].sort((a, b) => compareSlots(a.slot, b.slot)))
    sheets.set(
      bound.sheet,
      first.map(({ row }) => row),
    )
    const news = others.flatMap((piece) => {
      const [top] = piece
      if (!top) return []
      const sheet = freeSheet(taken)
      taken.add(sheet)
      sheets.set(
        sheet,
        piece.map(({ row }) => row),
      )
      return { key: top.slot.key, id: top.slot.id, sheet }
    })
    next.splice(at + 1, 0, ...news)
  }
  return { bounds: next, sheets }
}

interface PlacedRow {
  readonly row: PackedRow
  readonly slot: IndexSlot
}

/** In pieces of about the same length. */
function cut(rows: readonly PlacedRow[]): readonly (readonly PlacedRow[])[] {
  const pieces = Math.max(1, Math.ceil(rows.length / mostRows))
  const length = Math.ceil(rows.length / pieces)
  return Array.from({ length: pieces }, (_, piece) => rows.slice(piece * length, (piece + 1) * length))
}
