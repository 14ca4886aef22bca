import type { EventEntries, EventEntry, TextPlace } from './event-entry.ts'
import { findUuidWords, uuidOf, uuidWords } from './hex-words.ts'
import { KeyIndex, RowTable } from './row-table.ts'

/** Columns of one event: 64 bytes. */
const idAt = 0
const commandAt = 4
const dossierAt = 8
const nextAt = 9
const placeAt = 10
const offsetAt = 11
const bytesAt = 12
const chainAt = 13
const seqAt = 14
const flagsAt = 15
const width = 16

const isOwn = 1
const isInStreamList = 2
/** `seq` is the place of before the district's stream was numbered anew. */
const isFormer = 4
const typeShift = 16

/** What few events have, kept beside the columns; by row. */
export interface EventExtras {
  readonly refused: [number, string][]
  readonly rebased: [number, string][]
  readonly findings: [number, readonly string[]][]
  readonly types: string[]
}

export interface NewEvent {
  readonly id: Uint32Array
  readonly command: Uint32Array | undefined
  readonly type: string
  readonly own: boolean
  readonly chainN: number | undefined
  readonly place: TextPlace
}

/** Every event of the journal once, found by its id and, where it is the desk's own, by its command. */
export class EventTable {
  readonly refusedCodes: Map<number, string>
  readonly rebasedTo: Map<number, string>
  private readonly rows: RowTable
  private readonly byId: KeyIndex
  private readonly byCommand: KeyIndex
  private readonly findings: Map<number, readonly string[]>
  private readonly types: string[]

  constructor(
    private readonly dossierIdOf: (dossier: number) => string,
    stored?: { readonly rows: RowTable; readonly extras: EventExtras },
  ) {
    this.rows = stored?.rows ?? new RowTable(width)
    this.byId = new KeyIndex(this.rows, idAt, uuidWords, this.rows.count)
    this.byCommand = new KeyIndex(this.rows, commandAt, uuidWords, this.rows.count)
    this.refusedCodes = new Map(stored?.extras.refused)
    this.rebasedTo = new Map(stored?.extras.rebased)
    this.findings = new Map(stored?.extras.findings)
    this.types = stored?.extras.types ?? []
    for (let row = 0; row < this.rows.count; row += 1) {
      this.byId.put(row)
      if (this.hasCommand(row)) this.byCommand.put(row)
    }
  }

  static readonly width = width

  get count(): number {
    return this.rows.count
  }

  stored(): { readonly rows: RowTable; readonly extras: EventExtras } {
    const extras = {
      refused: [...this.refusedCodes],
      rebased: [...this.rebasedTo],
      findings: [...this.findings],
      types: this.types,
    }
    return { rows: this.rows, extras }
  }

  add(event: NewEvent, dossier: number): number {
    const row = this.rows.add()
    const { place } = event
    this.rows.setKey(row, idAt, event.id)
    if (event.command) this.rows.setKey(row, commandAt, event.command)
    this.rows.set(row, dossierAt, dossier)
    this.rows.set(row, placeAt, place.segment * 0x10000 + place.at)
    this.rows.set(row, offsetAt, place.offset)
    this.rows.set(row, bytesAt, place.bytes)
    this.rows.set(row, chainAt, event.chainN ?? 0)
    const flags = (event.own ? isOwn : 0) | (place.list === 'stream' ? isInStreamList : 0)
    this.rows.set(row, flagsAt, flags | (this.typeOf(event.type) << typeShift))
    this.byId.put(row)
    if (event.command) this.byCommand.put(row)
    return row
  }

  findRow(eventId: string): number | undefined {
    const words = findUuidWords(eventId)
    return words && this.byId.find(words)
  }

  findByCommand(commandId: string): string | undefined {
    const words = findUuidWords(commandId)
    const row = words && this.byCommand.find(words)
    return row === undefined ? undefined : this.idOf(row)
  }

  idOf(row: number): string {
    return uuidOf(this.rows.words, row * width + idAt)
  }

  dossierOf(row: number): number {
    return this.rows.get(row, dossierAt)
  }

  chainNOf(row: number): number {
    return this.rows.get(row, chainAt)
  }

  isAccepted(row: number): boolean {
    return this.rows.get(row, seqAt) !== 0 && (this.rows.get(row, flagsAt) & isFormer) === 0
  }

  accept(row: number, seq: number, findings: readonly string[]): void {
    this.rows.set(row, seqAt, seq)
    this.rows.set(row, flagsAt, this.rows.get(row, flagsAt) & ~isFormer)
    if (findings.length > 0) this.findings.set(row, findings)
    else this.findings.delete(row)
  }

  /** The place of an accepted event becomes a former one. */
  forgetPlace(row: number): void {
    this.rows.set(row, flagsAt, this.rows.get(row, flagsAt) | isFormer)
  }

  hasFormer(): boolean {
    for (let row = 0; row < this.rows.count; row += 1) if ((this.rows.get(row, flagsAt) & isFormer) !== 0) return true
    return false
  }

  /** The dossier's event after this one. */
  nextOf(row: number): number | undefined {
    const next = this.rows.get(row, nextAt)
    return next === 0 ? undefined : next
  }

  linkNext(row: number, next: number): void {
    this.rows.set(row, nextAt, next)
  }

  entryOf(row: number): EventEntry {
    const { rows } = this
    const flags = rows.get(row, flagsAt)
    const chainN = rows.get(row, chainAt)
    const seq = rows.get(row, seqAt)
    const place = rows.get(row, placeAt)
    const refusedCode = this.refusedCodes.get(row)
    const rebasedTo = this.rebasedTo.get(row)
    return {
      eventId: this.idOf(row),
      dossierId: this.dossierIdOf(rows.get(row, dossierAt)),
      type: this.types[flags >>> typeShift] ?? '',
      own: (flags & isOwn) !== 0,
      ...(chainN === 0 ? {} : { chainN }),
      place: {
        segment: place >>> 16,
        offset: rows.get(row, offsetAt),
        bytes: rows.get(row, bytesAt),
        list: (flags & isInStreamList) === 0 ? 'own' : 'stream',
        at: place & 0xffff,
      },
      ...(seq === 0 ? {} : (flags & isFormer) === 0 ? { streamSeq: seq } : { formerSeq: seq }),
      ...(refusedCode === undefined ? {} : { refusedCode }),
      findings: this.findings.get(row) ?? [],
      ...(rebasedTo === undefined ? {} : { rebasedTo }),
    }
  }

  private hasCommand(row: number): boolean {
    for (let at = commandAt; at < commandAt + uuidWords; at += 1) if (this.rows.get(row, at) !== 0) return true
    return false
  }

  private typeOf(type: string): number {
    const known = this.types.indexOf(type)
    return known >= 0 ? known : this.types.push(type) - 1
  }
}

/** All events, in the order the journal brought them. */
export function allEntries(table: EventTable): EventEntries {
  function* rows(): Iterable<number> {
    for (let row = 0; row < table.count; row += 1) yield row
  }
  return entriesOver(
    table,
    rows,
    () => table.count,
    () => true,
  )
}

/** The events of some rows, in the order the rows came in. */
export function entriesOf(table: EventTable, chosen: ReadonlySet<number>): EventEntries {
  return entriesOver(
    table,
    () => chosen,
    () => chosen.size,
    (row) => chosen.has(row),
  )
}

function entriesOver(
  table: EventTable,
  rows: () => Iterable<number>,
  size: () => number,
  isIn: (row: number) => boolean,
): EventEntries {
  const find = (eventId: string) => {
    const row = table.findRow(eventId)
    return row !== undefined && isIn(row) ? row : undefined
  }
  return {
    get size() {
      return size()
    },
    has: (eventId) => find(eventId) !== undefined,
    get(eventId) {
      const row = find(eventId)
      return row === undefined ? undefined : table.entryOf(row)
    },
    *keys() {
      for (const row of rows()) yield table.idOf(row)
    },
    *values() {
      for (const row of rows()) yield table.entryOf(row)
    },
  }
}
