import { readdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { hasCode, syncFolder, writeDurably } from '../disk/durable-file.ts'
import { type Batch, decodeBatch, encodeBatch } from './batch.ts'
import { encodeFrame, type FrameKey, type FramePlace } from './frame.ts'
import { type FrameFile, openFrameFile, type ReadFrame, readFrameFile } from './frame-file.ts'
import { keepAside } from './keep-aside.ts'

/** A journal file is closed and a new one begun beyond this size, so that healing rewrites little. */
const maxSegmentBytes = 16 * 1024 * 1024
/** Reading takes turns with whatever else main is asked for: about ten milliseconds of work. */
const framesPerTurn = 100

/** How much of a segment file is known already: its first frames. */
export interface SegmentCoverage {
  readonly segment: number
  readonly frames: number
  readonly bytes: number
  /** Where the last of them begins. */
  readonly lastAt: number
}

export interface SegmentFrame extends ReadFrame {
  readonly segment: number
  readonly batch: Batch
  /** True when frames are missing right before this one. */
  readonly afterGap: boolean
}

export interface SegmentPlace extends FramePlace {
  readonly segment: number
}

/**
 * The numbered files `000001.log`… that together are the journal.
 * 1. The first frame of each says how many frames the file before it has: a file that was cut short is seen.
 * 2. Healing keeps every frame's place in its file; where one was lost stands an empty batch.
 */
export interface Segments {
  readonly append: (batches: readonly Batch[]) => Promise<readonly SegmentPlace[]>
  readonly takeBack: (places: readonly SegmentPlace[]) => Promise<void>
  readonly read: (place: Pick<SegmentPlace, 'segment' | 'offset' | 'bytes'>) => Promise<Buffer | undefined>
  readonly close: () => Promise<void>
}

/** A segment with damaged stretches, or one that is missing. */
export interface DamagedSegment {
  readonly segment: number
  /** Frames it had, as far as is known. */
  readonly frames: number
}

export interface OpenedSegments {
  readonly segments: Segments
  /** Bytes of a torn last write, cut off. */
  readonly cutBytes: number
  /** `healSegments` deals with them. */
  readonly damaged: readonly DamagedSegment[]
}

/**
 * Reads every frame behind what is known, in order, and opens the last file for appending.
 * Damage in the middle is told, not yet touched.
 */
export async function openSegments(
  folder: string,
  key: Uint8Array,
  known: readonly SegmentCoverage[],
  onFrame: (frame: SegmentFrame) => void,
): Promise<OpenedSegments> {
  const open = new Map<number, FrameFile>()
  try {
    return await openInto(open, folder, key, known, onFrame)
  } catch (cause) {
    await closeAll(open)
    throw cause
  }
}

async function openInto(
  open: Map<number, FrameFile>,
  folder: string,
  key: Uint8Array,
  known: readonly SegmentCoverage[],
  onFrame: (frame: SegmentFrame) => void,
): Promise<OpenedSegments> {
  const numbers = await segmentNumbers(folder)
  const damaged = new Map<number, number>()
  let cutBytes = 0
  let expected = 1
  let framesBefore = 0
  for (const number of numbers) {
    const file = segmentFile(folder, number)
    const frameKey = frameKeyOf(key, number)
    const covered = known.find(({ segment }) => segment === number)
    const content = await readFrameFile(file, frameKey, covered?.bytes)
    const isLast = number === numbers.at(-1)
    const isMissingBefore = number !== expected
    const follows = (content.frames[0] && decodeBatch(content.frames[0].plain).follows) ?? 0
    const isShortBefore = !isMissingBefore && follows > framesBefore
    for (let missing = expected; missing < number; missing += 1)
      damaged.set(missing, missing === number - 1 ? follows : 0)
    if (isShortBefore) damaged.set(number - 1, follows)
    const framesHere = (content.frames.at(-1)?.ordinal ?? (covered?.frames ?? 0) - 1) + 1
    if (content.gaps > 0 || (!isLast && content.tornBytes > 0)) damaged.set(number, framesHere)
    if (isLast && content.tornBytes > 0) {
      await keepAside(file, content.fileBytes - content.tornBytes)
      cutBytes += content.tornBytes
    }
    for (const [index, frame] of content.frames.entries()) {
      const before = content.frames[index - 1]?.ordinal ?? (covered?.frames ?? 0) - 1
      const isBehindGap = frame.ordinal !== before + 1 || (index === 0 && (isMissingBefore || isShortBefore))
      onFrame({ ...frame, batch: decodeBatch(frame.plain), segment: number, afterGap: isBehindGap })
      if (index % framesPerTurn === framesPerTurn - 1) await breathe()
    }
    const end = isLast ? content.fileBytes - content.tornBytes : content.fileBytes
    open.set(number, await openFrameFile(file, frameKey, end, framesHere))
    expected = number + 1
    framesBefore = framesHere
  }
  const segments = segmentsOver(folder, key, open, Math.max(expected - 1, 0))
  return { segments, cutBytes, damaged: [...damaged].map(([segment, count]) => ({ segment, frames: count })) }
}

/** True when every known stretch is as long as it was and its last frame stands at its place. Touches nothing. */
export async function bearsOut(folder: string, key: Uint8Array, known: readonly SegmentCoverage[]): Promise<boolean> {
  for (const { segment, frames, bytes, lastAt } of known) {
    const file = segmentFile(folder, segment)
    const size = await sizeOf(file)
    if (size < bytes) return false
    const last = await readFrameFile(file, frameKeyOf(key, segment), lastAt, bytes)
    if (last.frames[0]?.ordinal !== frames - 1 || last.frames[0].offset !== lastAt) return false
  }
  return true
}

/**
 * Rewrites damaged segments with what is whole in them; the damaged files are kept beside.
 * The cure is told in the journal before: a power cut in between only makes the next start heal again.
 */
export async function healSegments(folder: string, key: Uint8Array, damaged: readonly DamagedSegment[]): Promise<void> {
  for (const { segment, frames: count } of damaged) {
    const file = segmentFile(folder, segment)
    const frameKey = frameKeyOf(key, segment)
    const { frames } = await readFrameFile(file, frameKey)
    const whole = new Map(frames.map((frame) => [frame.ordinal, frame.plain]))
    const length = Math.max(count, (frames.at(-1)?.ordinal ?? 0) + 1)
    const bytes = Array.from({ length }, (_, at) => encodeFrame(frameKey, at, whole.get(at) ?? encodeBatch({})))
    await writeDurably(`${file}.healed`, Buffer.concat(bytes))
    await keepAside(file)
    await rename(`${file}.healed`, file)
    await syncFolder(folder)
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return 0
    throw cause
  }
}

async function segmentNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder)
  return names
    .flatMap((name) => /^(\d{6})\.log$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/** The batches of every whole frame, in order, file by file. */
export async function* readSegments(folder: string, key: Uint8Array): AsyncGenerator<Buffer> {
  for (const number of await segmentNumbers(folder)) {
    const { frames } = await readFrameFile(segmentFile(folder, number), frameKeyOf(key, number))
    for (const { plain } of frames) yield plain
  }
}

export function segmentFile(folder: string, number: number): string {
  return path.join(folder, `${String(number).padStart(6, '0')}.log`)
}

function frameKeyOf(key: Uint8Array, number: number): FrameKey {
  return { key, label: `journal/${number}` }
}

function segmentsOver(folder: string, key: Uint8Array, open: Map<number, FrameFile>, last: number): Segments {
  let current = last
  const appendTo = async (number: number, file: FrameFile, batches: readonly Batch[]) => {
    const follows = open.get(number - 1)?.frames()
    const [first, ...rest] = batches
    const told = first && file.frames() === 0 && follows !== undefined ? [{ ...first, follows }, ...rest] : batches
    const places = await file.append(told.map(encodeBatch))
    return places.map((place) => ({ ...place, segment: number }))
  }
  return {
    async append(batches) {
      const file = open.get(current)
      if (file && file.bytes() < maxSegmentBytes) return appendTo(current, file, batches)
      const next = current + 1
      const fresh = await openFrameFile(segmentFile(folder, next), frameKeyOf(key, next), 0, 0)
      open.set(next, fresh)
      current = next
      return appendTo(next, fresh, batches)
    },
    async takeBack(places) {
      await open.get(current)?.takeBack(places)
    },
    async read(place) {
      return open.get(place.segment)?.read(place)
    },
    close: () => closeAll(open),
  }
}

async function closeAll(files: ReadonlyMap<number, FrameFile>): Promise<void> {
  await Promise.all([...files.values()].map((file) => file.close()))
}
