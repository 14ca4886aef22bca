import { findSha256Words, sha256Of, sha256Words } from './hex-words.ts'
import { KeyIndex, RowTable } from './row-table.ts'

export interface OwnScan {
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
}

const hashAt = 0
const bytesAt = 8
const flagsAt = 9
const width = 10

const isOwn = 1
const isSent = 2
const typeShift = 8

/** Scans by hash: those that own events name, and those the district confirmed to hold. */
export class ScanTable {
  /** Own ones the district has not confirmed; asked for at every status, so kept and not searched. */
  readonly unsent = new Map<string, OwnScan>()
  private readonly rows: RowTable
  private readonly byHash: KeyIndex
  private readonly mediaTypes: string[]
  private sent = 0

  constructor(stored?: { readonly rows: RowTable; readonly mediaTypes: string[] }) {
    this.rows = stored?.rows ?? new RowTable(width)
    this.mediaTypes = stored?.mediaTypes ?? []
    this.byHash = new KeyIndex(this.rows, hashAt, sha256Words, this.rows.count)
    for (let row = 0; row < this.rows.count; row += 1) {
      this.byHash.put(row)
      if (this.has(row, isSent)) this.sent += 1
      else if (this.has(row, isOwn)) this.remember(row)
    }
  }

  static readonly width = width

  stored(): { readonly rows: RowTable; readonly mediaTypes: string[] } {
    return { rows: this.rows, mediaTypes: this.mediaTypes }
  }

  get sentCount(): number {
    return this.sent
  }

  isSent(sha256: string): boolean {
    const words = findSha256Words(sha256)
    const row = words && this.byHash.find(words)
    return row !== undefined && this.has(row, isSent)
  }

  addOwn(scan: OwnScan): void {
    const row = this.rowOf(scan.sha256)
    if (row === undefined) return
    const known = this.mediaTypes.indexOf(scan.mediaType)
    const type = known >= 0 ? known : this.mediaTypes.push(scan.mediaType) - 1
    this.rows.set(row, bytesAt, scan.bytes)
    this.rows.set(row, flagsAt, (this.rows.get(row, flagsAt) & isSent) | isOwn | (type << typeShift))
    if (!this.has(row, isSent)) this.remember(row)
  }

  markSent(sha256: string): void {
    const row = this.rowOf(sha256)
    if (row === undefined || this.has(row, isSent)) return
    this.rows.set(row, flagsAt, this.rows.get(row, flagsAt) | isSent)
    this.sent += 1
    this.unsent.delete(sha256)
  }

  /** The district's copies may be gone; asking for each is cheap. */
  forgetSent(): void {
    for (let row = 0; row < this.rows.count; row += 1) {
      this.rows.set(row, flagsAt, this.rows.get(row, flagsAt) & ~isSent)
      if (this.has(row, isOwn)) this.remember(row)
    }
    this.sent = 0
  }

  private rowOf(sha256: string): number | undefined {
    const words = findSha256Words(sha256)
    if (!words) return undefined
    const known = this.byHash.find(words)
    if (known !== undefined) return known
    const row = this.rows.add()
    this.rows.setKey(row, hashAt, words)
    this.byHash.put(row)
    return row
  }

  private remember(row: number): void {
    const sha256 = sha256Of(this.rows.words, row * width + hashAt)
    const mediaType = this.mediaTypes[this.rows.get(row, flagsAt) >>> typeShift] ?? ''
    this.unsent.set(sha256, { sha256, bytes: this.rows.get(row, bytesAt), mediaType })
  }

  private has(row: number, flag: number): boolean {
    return (this.rows.get(row, flagsAt) & flag) !== 0
  }
}
