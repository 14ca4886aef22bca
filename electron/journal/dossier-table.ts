import type { DossierEntry } from './event-entry.ts'
import type { EventTable } from './event-table.ts'
import { findUuidWords, uuidOf, uuidWords } from './hex-words.ts'
import { KeyIndex, RowTable } from './row-table.ts'

const idAt = 0
const positionAt = 4
const firstAt = 5
const lastAt = 6
const width = 7

/** A dossier and the place at which it last changed. */
export interface DossierChange {
  readonly position: number
  readonly dossierId: string
}

/**
 * Dossiers with the chain of their events, and the order in which they changed.
 * A dossier stands in that order again at each change; only its newest place counts.
 */
export class DossierTable {
  private readonly rows: RowTable
  private readonly byId: KeyIndex
  /** Position and dossier, growing. */
  private readonly changes: RowTable

  constructor(stored?: RowTable) {
    this.rows = stored ?? new RowTable(width)
    this.byId = new KeyIndex(this.rows, idAt, uuidWords, this.rows.count)
    this.changes = new RowTable(2, this.rows.count)
    for (let row = 0; row < this.rows.count; row += 1) this.byId.put(row)
    const byPosition = Uint32Array.from({ length: this.rows.count }, (_, row) => row)
    byPosition.sort((a, b) => this.positionOf(a) - this.positionOf(b) || a - b)
    for (const row of byPosition) this.addChange(this.positionOf(row), row)
  }

  static readonly width = width

  get size(): number {
    return this.rows.count
  }

  stored(): RowTable {
    return this.rows
  }

  idOf(row: number): string {
    return uuidOf(this.rows.words, row * width + idAt)
  }

  findRow(dossierId: string): number | undefined {
    const words = findUuidWords(dossierId)
    return words && this.byId.find(words)
  }

  rowOf(id: Uint32Array): number {
    const known = this.byId.find(id)
    if (known !== undefined) return known
    const row = this.rows.add()
    this.rows.setKey(row, idAt, id)
    this.byId.put(row)
    return row
  }

  addEvent(row: number, event: number, events: EventTable): void {
    const last = this.rows.get(row, lastAt)
    if (last === 0) this.rows.set(row, firstAt, event + 1)
    else events.linkNext(last - 1, event)
    this.rows.set(row, lastAt, event + 1)
  }

  entryOf(row: number, events: EventTable): DossierEntry {
    const entries = [...this.eventsOf(row, events)].map((event) => events.entryOf(event))
    return { dossierId: this.idOf(row), events: entries, position: this.positionOf(row) }
  }

  *eventsOf(row: number, events: EventTable): Iterable<number> {
    const first = this.rows.get(row, firstAt)
    let event = first === 0 ? undefined : first - 1
    while (event !== undefined) {
      yield event
      event = events.nextOf(event)
    }
  }

  touch(row: number, position: number): void {
    if (this.positionOf(row) === position) return
    this.rows.set(row, positionAt, position)
    this.addChange(position, row)
  }

  /** Dossiers whose newest change lies after `position`, oldest first: at most `limit`, but a whole position at a time. */
  changedAfter(position: number, limit: number): { readonly changed: readonly DossierChange[]; readonly more: number } {
    const changed: DossierChange[] = []
    let more = 0
    for (let at = this.firstChangeAfter(position); at < this.changes.count; at += 1) {
      const changedAt = this.changes.get(at, 0)
      const row = this.changes.get(at, 1)
      if (this.positionOf(row) !== changedAt) continue
      const fits = changed.length < limit || (more === 0 && changed.at(-1)?.position === changedAt)
      if (fits) changed.push({ position: changedAt, dossierId: this.idOf(row) })
      else more += 1
    }
    return { changed, more }
  }

  private positionOf(row: number): number {
    return this.rows.get(row, positionAt)
  }

  private addChange(position: number, row: number): void {
    const change = this.changes.add()
    this.changes.set(change, 0, position)
    this.changes.set(change, 1, row)
  }

  private firstChangeAfter(position: number): number {
    let low = 0
    let high = this.changes.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.changes.get(middle, 0) > position) high = middle
      else low = middle + 1
    }
    return low
  }
}
