import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { IsoDate } from '../../shared/core/time.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import { findFile, ownFolder, removeDurably, writeDurably } from '../disk/durable-file.ts'
import { findIndexSnapshot, type SnapshotPlace, snapshotFile } from './index-snapshot.ts'
import { JournalIndex } from './journal-index.ts'
import { type Mirror, openMirror } from './mirror.ts'
import { bearsOut, type DamagedSegment, openSegments, type SegmentCoverage, type Segments } from './segments.ts'
import { openWitness, type Witness } from './witness.ts'

export interface JournalOptions {
  readonly folder: string
  readonly mirrorFolder: string
  readonly key: Uint8Array
  readonly mirrorKey: Uint8Array
  readonly deskId: () => string | undefined
  /** A file that does not go back in time with the folders (`witness.ts`). */
  readonly witnessFile?: string
  /** Something when this desk has worked before: an empty journal is then a loss, not a new install. */
  readonly expected: () => ExpectedWork | undefined
}

export interface ExpectedWork {
  readonly today: IsoDate
  /** So many numbers of a day are passed over at most, whatever was lost. */
  readonly numbersAtMost: number
}

/** What lies in the journal's files, read and compared; nothing is repaired yet. */
export interface OpenedFiles {
  readonly index: JournalIndex
  readonly segments: Segments
  readonly mirror: Mirror
  readonly witness: Witness
  readonly journalId: string
  readonly snapshotPlace: SnapshotPlace
  /** Stretches the snapshot vouched for, not read at this start. */
  readonly unread: readonly SegmentCoverage[]
  /** Bytes of frames that were read, so not in a snapshot. */
  readonly readBytes: number
  readonly cutBytes: number
  readonly isEmpty: boolean
  readonly damaged: readonly DamagedSegment[]
  /** The journal is not what its snapshot or its witness says it was: it was cut, or another day's copy lies in its place. */
  readonly isShorter: boolean
  /** More of it was seen than there is: what was derived from it may hold what is here no more. */
  readonly wentBack: boolean
  /** Own events that stand in the mirror only, in chain order. */
  readonly lost: readonly OwnEvent[]
  /** False when own events may be missing: then a number may be given twice. */
  readonly isOwnComplete: boolean
  /** Own events that are gone and that the district may never have got: each was at most one number. */
  readonly maybeUnsent: number
  /** The cursor of before the first gap. */
  readonly safeCursor: JournalIndex['cursor'] | undefined
  readonly mirrorIsOld: boolean
}

/** `trust` false reads every frame, whatever a snapshot says. */
export async function openFiles(options: JournalOptions, trust: boolean): Promise<OpenedFiles> {
  const { folder, mirrorFolder, key, mirrorKey, deskId } = options
  await ownFolder(folder)
  await ownFolder(mirrorFolder)
  const journalId = await openJournalId(folder)
  const snapshotPlace = { folder: mirrorFolder, key, journalId, deskId }
  const snapshot = await findIndexSnapshot(snapshotPlace)
  const isBorneOut = snapshot !== undefined && (await bearsOut(folder, key, snapshot.state.coverage))
  const fast = snapshot && isBorneOut && trust ? await readFrames(options, snapshot) : undefined
  const read = fast?.damaged.length === 0 ? fast : await readAgain(options, fast)
  const { index } = read
  const { mirror, found, chainN, isDamaged } = await openMirror(mirrorFolder, mirrorKey).catch(async (cause) => {
    await read.segments.close()
    throw cause
  })
  const mirrored = new Map(found.map((own) => [eventIdOf(own), own]))
  const lost = [...mirrored]
    .flatMap(([id, own]) => (index.events.has(id) ? [] : own))
    .sort((a, b) => a.chain.n - b.chain.n)
  const isEmpty = index.position === 0
  const { witness, seen } = openWitness(options.witnessFile, key)
  const knownN = Math.max(index.chain.n, chainN, snapshot?.state.chain.n ?? 0, seen?.chainN ?? 0)
  const missing = missingPlaces(index, lost, knownN)
  const takenUpTo = missing.length > 0 ? index.takenUpTo() : 0
  const goneFrames = Math.max(0, (seen?.position ?? 0) - index.position)
  return {
    ...read,
    mirror,
    witness,
    journalId,
    snapshotPlace,
    unread: read === fast && snapshot ? snapshot.state.coverage : [],
    isEmpty,
    isShorter: goneFrames > lost.length || (snapshot !== undefined && !isBorneOut),
    wentBack: goneFrames > 0,
    lost,
    maybeUnsent: missing.filter((n) => n > takenUpTo).length,
    isOwnComplete:
      missing.length === 0 &&
      !(options.expected() && isEmpty) &&
      // What the district once gave back has no places to count: damage may have taken some of it.
      (read.damaged.length === 0 || index.chainKnownFrom === 0),
    mirrorIsOld: isDamaged || chainN < index.chain.n || [...index.unsent.keys()].some((id) => !mirrored.has(id)),
  }
}

type ReadFiles = Pick<OpenedFiles, 'index' | 'segments' | 'readBytes' | 'cutBytes' | 'damaged' | 'safeCursor'>

async function readFrames(
  { folder, key, deskId }: JournalOptions,
  known?: { readonly index: JournalIndex; readonly state: { readonly coverage: readonly SegmentCoverage[] } },
): Promise<ReadFiles> {
  const index = known?.index ?? new JournalIndex(deskId)
  let safeCursor: JournalIndex['cursor'] | undefined
  let readBytes = 0
  const opened = await openSegments(folder, key, known?.state.coverage ?? [], (frame) => {
    if (frame.afterGap) safeCursor ??= index.cursor
    index.apply(frame.batch, frame.segment, frame)
    readBytes += frame.bytes
  })
  return { ...opened, index, readBytes, safeCursor }
}

/** Behind the snapshot lies damage, so that nothing in it is taken on trust. */
async function readAgain(options: JournalOptions, fast: ReadFiles | undefined): Promise<ReadFiles> {
  await fast?.segments.close()
  const read = await readFrames(options)
  return { ...read, cutBytes: read.cutBytes + (fast?.cutBytes ?? 0) }
}

/** What vouched for frames that are damaged or gone must not do so at the next start. */
export async function forgetSnapshot(options: JournalOptions): Promise<void> {
  await removeDurably(snapshotFile(options.mirrorFolder))
}

/** None when every own event up to the furthest place known is here; then every number this desk gave is known. */
function missingPlaces(index: JournalIndex, lost: readonly OwnEvent[], knownN: number): readonly number[] {
  const places = index.chainPlaces()
  for (const own of lost) places.add(own.chain.n)
  const missing: number[] = []
  for (let n = index.chainKnownFrom + 1; n <= knownN; n += 1) if (!places.has(n)) missing.push(n)
  return missing
}

function eventIdOf(own: OwnEvent): string {
  return (JSON.parse(String(own.text)) as StoredEvent).id
}

function journalIdFile(folder: string): string {
  return path.join(folder, 'journal-id')
}

export async function closeFiles({ segments, mirror, witness }: OpenedFiles): Promise<void> {
  witness.close()
  await Promise.all([segments.close(), mirror.close()])
}

/** Tells one life of the journal's data from another, for those who derive from it. */
async function openJournalId(folder: string): Promise<string> {
  const stored = await findFile(journalIdFile(folder))
  if (stored && stored.byteLength > 0) return stored.toString('utf8')
  return renewJournalId(folder)
}

/** What was derived from the journal up to now is not of it any more. */
export async function renewJournalId(folder: string): Promise<string> {
  const id = randomBytes(8).toString('hex')
  await writeDurably(journalIdFile(folder), Buffer.from(id))
  return id
}
