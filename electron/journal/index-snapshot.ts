import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { findFile, writeDurably } from '../disk/durable-file.ts'
import { encodeFrame, type FrameKey, findFrameAt, openFrame } from './frame.ts'
import { type IndexState, type IndexTables, tableWidths } from './index-state.ts'
import { JournalIndex } from './journal-index.ts'
import { RowTable } from './row-table.ts'

/**
 * The index as it stood after a certain frame, so that a start reads only the frames behind it.
 * ```
 * head: state, coverage of each segment, rows of each table │ piece │ piece │ …      (sealed frames, `frame.ts`)
 * ```
 * 1. Derived: whatever does not open, is of another journal, desk or layout, or is not borne out by the segment files
 *    is left aside, and the index built from the frames.
 * 2. Bound to the journal's id and the desk by the associated data of the head, and to one writing by the pieces'.
 * 3. It lies beside the mirror, away from the segments: a journal folder that went back in time is noticed by it.
 * 4. Words are stored as they lie in memory; all processors the app runs on are little-endian.
 * 5. Written whole beside the old one, then renamed (`writeDurably`).
 */
const layout = 3
const pieceWords = 256 * 1024

export interface SnapshotPlace {
  readonly folder: string
  readonly key: Uint8Array
  readonly journalId: string
  readonly deskId: () => string | undefined
}

export interface IndexSnapshot {
  readonly index: JournalIndex
  readonly state: IndexState
}

interface SnapshotHead {
  readonly writing: string
  readonly rows: Readonly<Record<keyof IndexTables, number>>
  readonly state: IndexState
}

const tableNames = ['events', 'dossiers', 'scans'] as const satisfies readonly (keyof IndexTables)[]

export function snapshotFile(folder: string): string {
  return path.join(folder, 'index.snapshot')
}

/** Copies the index at once and writes the copy in slices. */
export async function writeIndexSnapshot(place: SnapshotPlace, index: JournalIndex): Promise<void> {
  const { state, tables } = index.stored()
  const head: SnapshotHead = {
    writing: randomBytes(16).toString('hex'),
    rows: { events: tables.events.count, dossiers: tables.dossiers.count, scans: tables.scans.count },
    state,
  }
  const text = Buffer.from(JSON.stringify(head))
  const copies = tableNames.map((name) => tables[name].used().slice())
  const { key } = place
  async function* frames(): AsyncIterable<Uint8Array> {
    yield encodeFrame(headKey(place), 0, text)
    let ordinal = 0
    for (const copy of copies) {
      for (let from = 0; from < copy.length; from += pieceWords) {
        const words = copy.subarray(from, from + pieceWords)
        yield encodeFrame({ key, label: pieceLabel(head.writing) }, ordinal, bytesOf(words))
        ordinal += 1
        await breathe()
      }
    }
  }
  await writeDurably(snapshotFile(place.folder), frames())
}

/** The last snapshot written, if every byte of it is as it was. */
export async function findIndexSnapshot(place: SnapshotPlace): Promise<IndexSnapshot | undefined> {
  const file = await findFile(snapshotFile(place.folder)).catch(() => undefined)
  if (!file) return undefined
  const first = readPiece(file, 0, headKey(place), 0)
  if (!first) return undefined
  const head = JSON.parse(first.plain.toString('utf8')) as SnapshotHead
  const pieceKey: FrameKey = { key: place.key, label: pieceLabel(head.writing) }
  const tables = {
    events: new RowTable(tableWidths.events, head.rows.events),
    dossiers: new RowTable(tableWidths.dossiers, head.rows.dossiers),
    scans: new RowTable(tableWidths.scans, head.rows.scans),
  }
  let end = first.end
  let ordinal = 0
  for (const name of tableNames) {
    const table = tables[name]
    table.count = head.rows[name]
    const bytes = bytesOf(table.used())
    for (let from = 0; from < bytes.byteLength; from += pieceWords * 4) {
      const piece = readPiece(file, end, pieceKey, ordinal)
      if (!piece || from + piece.plain.byteLength > bytes.byteLength) return undefined
      bytes.set(piece.plain, from)
      end = piece.end
      ordinal += 1
    }
  }
  return { index: new JournalIndex(place.deskId, { state: head.state, tables }), state: head.state }
}

function readPiece(
  file: Buffer,
  offset: number,
  frameKey: FrameKey,
  ordinal: number,
): { readonly plain: Buffer; readonly end: number } | undefined {
  const place = findFrameAt(file, offset)
  if (place?.ordinal !== ordinal) return undefined
  const end = offset + place.bytes
  const plain = openFrame(frameKey, file.subarray(offset, end))
  return plain && { plain, end }
}

function headKey({ key, journalId, deskId }: SnapshotPlace): FrameKey {
  return { key, label: `index/${layout}/${journalId}/${deskId() ?? ''}` }
}

function pieceLabel(writing: string): string {
  return `index-piece/${writing}`
}

function bytesOf(words: Uint32Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
}
