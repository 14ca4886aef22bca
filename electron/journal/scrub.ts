import { open } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { hasCode } from '../disk/durable-file.ts'
import { findFrameAt } from './frame.ts'
import { type SegmentCoverage, segmentFile } from './segments.ts'

/** Read and checked in one go: about a millisecond of work. */
const sliceBytes = 1024 * 1024
/** Between slices, so that the desk's disk and main stay free for the officer. */
const pauseMs = 15

/**
 * Checks that every frame the start took from a snapshot still stands in its file as it was written: place, order and
 * checksum. The start opened the last frame of each file with the key; the others are opened when they are read.
 */
export async function findDamage(
  folder: string,
  known: readonly SegmentCoverage[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    for (const covered of known) if (await isDamaged(segmentFile(folder, covered.segment), covered, signal)) return true
    return false
  } catch (cause) {
    if (hasCode(cause, 'ENOENT', 'EIO')) return true
    throw cause
  }
}

async function isDamaged(file: string, covered: SegmentCoverage, signal: AbortSignal): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    let buffer = Buffer.allocUnsafe(Math.min(sliceBytes, covered.bytes))
    let offset = 0
    let ordinal = 0
    while (offset < covered.bytes && !signal.aborted) {
      const wanted = Math.min(buffer.byteLength, covered.bytes - offset)
      const { bytesRead } = await handle.read(buffer, 0, wanted, offset)
      const slice = buffer.subarray(0, bytesRead)
      let end = 0
      for (let place = findFrameAt(slice, end); place; place = findFrameAt(slice, end)) {
        if (place.ordinal !== ordinal) return true
        ordinal += 1
        end += place.bytes
      }
      // Not one whole frame: it is longer than the slice, or damaged.
      if (end === 0 && bytesRead < wanted) return true
      if (end === 0 && slice.byteLength >= covered.bytes - offset) return true
      if (end === 0) buffer = Buffer.allocUnsafe(buffer.byteLength * 2)
      offset += end
      await wait(pauseMs)
    }
    return !signal.aborted && ordinal !== covered.frames
  } finally {
    await handle.close()
  }
}
