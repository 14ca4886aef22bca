import { copyFile, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { ensureFolder, syncFile, syncFolder, writeDurably } from '../disk/durable-file.ts'
import { encodeFrame, type FrameKey, type FramePlace } from './frame.ts'
import { type FrameFile, openFrameFile, type ReadFrame, readFrameFile } from './frame-file.ts'

/** A journal file is closed and a new one begun beyond this size, so that healing rewrites little. */
const maxSegmentBytes = 16 * 1024 * 1024

export interface SegmentFrame extends ReadFrame {
  readonly segment: number
  /** True when frames are missing right before this one. */
  readonly afterGap: boolean
}

export interface SegmentPlace extends FramePlace {
  readonly segment: number
}

/** The numbered files `000001.log`… that together are the journal. */
export interface Segments {
  readonly append: (batches: readonly Uint8Array[]) => Promise<readonly SegmentPlace[]>
  readonly takeBack: (places: readonly SegmentPlace[]) => Promise<void>
  readonly read: (place: Pick<SegmentPlace, 'segment' | 'offset' | 'bytes'>) => Promise<Buffer | undefined>
  readonly close: () => Promise<void>
}

export interface OpenedSegments {
  readonly segments: Segments
  readonly frames: readonly SegmentFrame[]
  /** Bytes of a torn last write, cut off. */
  readonly cutBytes: number
  /** Segments with damaged stretches, and numbers that are missing; `healSegments` deals with both. */
  readonly damaged: readonly number[]
}

/** Reads everything and opens the last file for appending. Damage in the middle is told, not yet touched. */
export async function openSegments(folder: string, key: Uint8Array): Promise<OpenedSegments> {
  await ensureFolder(folder)
  const numbers = await segmentNumbers(folder)
  const open = new Map<number, FrameFile>()
  const frames: SegmentFrame[] = []
  const damaged: number[] = []
  let cutBytes = 0
  let expected = 1
  for (const number of numbers) {
    const file = segmentFile(folder, number)
    const content = await readFrameFile(file, frameKeyOf(key, number))
    const isLast = number === numbers.at(-1)
    const isMissingBefore = number !== expected
    for (let missing = expected; missing < number; missing += 1) damaged.push(missing)
    if (content.gaps > 0 || (!isLast && content.tornBytes > 0)) damaged.push(number)
    if (isLast && content.tornBytes > 0) {
      await keepAside(file)
      cutBytes += content.tornBytes
    }
    content.frames.forEach((frame, index) => {
      const isBehindGap = frame.ordinal !== (content.frames[index - 1]?.ordinal ?? -1) + 1
      frames.push({ ...frame, segment: number, afterGap: isBehindGap || (index === 0 && isMissingBefore) })
    })
    const end = isLast ? content.fileBytes - content.tornBytes : content.fileBytes
    const nextOrdinal = (content.frames.at(-1)?.ordinal ?? -1) + 1
    open.set(number, await openFrameFile(file, frameKeyOf(key, number), end, nextOrdinal))
    expected = number + 1
  }
  return { segments: segmentsOver(folder, key, open, Math.max(expected - 1, 0)), frames, cutBytes, damaged }
}

/**
 * Rewrites damaged segments with what is whole in them; the damaged files are kept beside.
 * The cure is told in the journal before: a power cut in between only makes the next start heal again.
 */
export async function healSegments(folder: string, key: Uint8Array, damaged: readonly number[]): Promise<void> {
  for (const number of damaged) {
    const file = segmentFile(folder, number)
    const { frames } = await readFrameFile(file, frameKeyOf(key, number))
    const bytes = frames.map((frame, index) => encodeFrame(frameKeyOf(key, number), index, frame.plain))
    await writeDurably(`${file}.healed`, Buffer.concat(bytes))
    await keepAside(file)
    await rename(`${file}.healed`, file)
    await syncFolder(folder)
  }
}

/** Damage is kept, sealed as it is, for whoever looks into it later. */
async function keepAside(file: string): Promise<void> {
  const aside = `${file}.damaged-${Date.now()}`
  const isThere = await copyFile(file, aside).then(
    () => true,
    () => false,
  )
  if (isThere) await syncFile(aside)
}

async function segmentNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder)
  return names
    .flatMap((name) => /^(\d{6})\.log$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

function segmentFile(folder: string, number: number): string {
  return path.join(folder, `${String(number).padStart(6, '0')}.log`)
}

function frameKeyOf(key: Uint8Array, number: number): FrameKey {
  return { key, label: `journal/${number}` }
}

function segmentsOver(folder: string, key: Uint8Array, open: Map<number, FrameFile>, last: number): Segments {
  let current = last
  return {
    async append(batches) {
      const file = open.get(current)
      if (file && file.bytes() < maxSegmentBytes) return placed(current, await file.append(batches))
      const next = current + 1
      const fresh = await openFrameFile(segmentFile(folder, next), frameKeyOf(key, next), 0, 0)
      open.set(next, fresh)
      current = next
      return placed(next, await fresh.append(batches))
    },
    async takeBack(places) {
      await open.get(current)?.takeBack(places)
    },
    async read(place) {
      return open.get(place.segment)?.read(place)
    },
    async close() {
      await Promise.all([...open.values()].map((file) => file.close()))
    },
  }
}

function placed(segment: number, places: readonly FramePlace[]): readonly SegmentPlace[] {
  return places.map((place) => ({ ...place, segment }))
}
