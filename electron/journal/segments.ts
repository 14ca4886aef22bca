import { copyFile, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { ensureFolder, syncFolder, writeDurably } from '../disk/durable-file.ts'
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
  readonly read: (place: Pick<SegmentPlace, 'segment' | 'offset' | 'bytes'>) => Promise<Buffer | undefined>
  readonly close: () => Promise<void>
}

export interface OpenedSegments {
  readonly segments: Segments
  readonly frames: readonly SegmentFrame[]
  /** Bytes of a torn last write, cut off. */
  readonly cutBytes: number
  /** Damaged stretches; the files were rewritten without them and the damaged ones kept beside. */
  readonly gaps: number
}

export async function openSegments(folder: string, key: Uint8Array): Promise<OpenedSegments> {
  await ensureFolder(folder)
  const numbers = await segmentNumbers(folder)
  const open = new Map<number, FrameFile>()
  const frames: SegmentFrame[] = []
  let cutBytes = 0
  let gaps = 0
  let expected = 1
  for (const number of numbers) {
    const last = number === numbers.at(-1)
    const file = segmentFile(folder, number)
    const frameKey = frameKeyOf(key, number)
    let content = await readFrameFile(file, frameKey)
    const missingBefore = number !== expected
    const damaged = content.gaps > 0 || (!last && content.tornBytes > 0)
    const gapOrdinals = new Set(findGaps(content.frames))
    if (damaged) {
      await rewriteWithout(file, frameKey, content.frames)
      content = await readFrameFile(file, frameKey)
    } else if (content.tornBytes > 0) {
      await keepAside(file)
      cutBytes += content.tornBytes
    }
    if (damaged || missingBefore) gaps += 1
    content.frames.forEach((frame, index) => {
      const afterGap = (index === 0 && missingBefore) || gapOrdinals.has(index)
      frames.push({ ...frame, segment: number, afterGap })
    })
    const end = content.fileBytes - content.tornBytes
    open.set(number, await openFrameFile(file, frameKey, end, content.frames.length))
    expected = number + 1
  }
  return { segments: segmentsOver(folder, key, open, Math.max(expected - 1, 0)), frames, cutBytes, gaps }
}

/** Places in the list before which a frame is missing. */
function findGaps(frames: readonly ReadFrame[]): readonly number[] {
  return frames.flatMap((frame, index) => (frame.ordinal === (frames[index - 1]?.ordinal ?? -1) + 1 ? [] : [index]))
}

async function rewriteWithout(file: string, frameKey: FrameKey, frames: readonly ReadFrame[]): Promise<void> {
  const bytes = Buffer.concat(frames.map((frame, index) => encodeFrame(frameKey, index, frame.plain)))
  await writeDurably(`${file}.healed`, bytes)
  await keepAside(file)
  await rename(`${file}.healed`, file)
  await syncFolder(path.dirname(file))
}

/** Damage is kept, sealed as it is, for whoever looks into it later. */
async function keepAside(file: string): Promise<void> {
  await copyFile(file, `${file}.damaged`)
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
