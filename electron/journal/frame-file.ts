import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { hasCode, syncFolder, writeAt } from '../disk/durable-file.ts'
import { encodeFrame, type FrameKey, type FramePlace, findFrameAt, nextCandidate, openFrame } from './frame.ts'

export interface ReadFrame extends FramePlace {
  readonly plain: Buffer
}

/** What reading a file of frames found. */
export interface FrameFileContent {
  readonly frames: readonly ReadFrame[]
  /** Bytes after the last whole frame: a torn write. */
  readonly tornBytes: number
  /** Damaged stretches with whole frames behind them: never a torn write. */
  readonly gaps: number
  /** Without the zeros laid out behind what was written. */
  readonly fileBytes: number
}

/**
 * An append-only file of frames. Appends are durable when the promise resolves; a failed one leaves the file as it was.
 * ```
 * frame │ frame │ frame │ zeros laid out ahead … │        closed, or opened again: frame │ frame │ frame │
 *                       end                  laidOut
 * ```
 * 1. A small append lies where zeros lie already: it changes neither the file's length nor its blocks, which a file
 *    system would have to write down as well before it calls the bytes durable.
 * 2. Zeros behind the last frame are no torn write. No frame begins with one.
 * 3. Where what was written is lost as zeros, the file reads like one that was cut there; whoever keeps count
 *    (mirror, chain, snapshot) sees both alike.
 */
export interface FrameFile {
  readonly append: (batches: readonly Uint8Array[]) => Promise<readonly FramePlace[]>
  /** Takes the last append back, because what belongs with it could not be written. */
  readonly takeBack: (places: readonly FramePlace[]) => Promise<void>
  readonly read: (place: Pick<FramePlace, 'offset' | 'bytes'>) => Promise<Buffer | undefined>
  readonly bytes: () => number
  readonly frames: () => number
  readonly close: () => Promise<void>
}

/** Reads the frames between two places of a file; places in the answer count from its beginning. */
export async function readFrameFile(
  file: string,
  frameKey: FrameKey,
  from = 0,
  to = Number.MAX_SAFE_INTEGER,
): Promise<FrameFileContent> {
  const bytes = (await findStretch(file, from, to)) ?? Buffer.alloc(0)
  const frames: ReadFrame[] = []
  let gaps = 0
  let offset = 0
  let end = 0
  while (offset < bytes.byteLength) {
    const place = findFrameAt(bytes, offset)
    const plain = place && openFrame(frameKey, bytes.subarray(offset, offset + place.bytes))
    if (place && plain) {
      if (end < offset) gaps += 1
      frames.push({ ...place, offset: from + offset, plain })
      offset += place.bytes
      end = offset
    } else {
      offset = nextCandidate(bytes, offset)
    }
  }
  const written = endOfWritten(bytes, end)
  return { frames, tornBytes: written - end, gaps, fileBytes: from + written }
}

/** Behind the last byte that is not zero, but not before `end`. */
function endOfWritten(bytes: Buffer, end: number): number {
  let written = bytes.byteLength
  while (written > end && bytes[written - 1] === 0) written -= 1
  return written
}

/** Bytes between two places of a file; zeros where the disk cannot read. Undefined when there is no file. */
export async function findStretch(
  file: string,
  from: number,
  to = Number.MAX_SAFE_INTEGER,
): Promise<Buffer | undefined> {
  const handle = await openIfThere(file)
  if (!handle) return undefined
  try {
    const { size } = await handle.stat()
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(size, to) - from))
    return bytes.subarray(0, await readInto(handle, bytes, from))
  } finally {
    await handle.close()
  }
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r')
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw cause
  }
}

/** What a bad sector takes with it at most. */
const blockBytes = 4096

/** Where the disk cannot read, zeros stand: damage like any other, and what lies around it is not lost with it. */
async function readInto(handle: FileHandle, bytes: Buffer, from: number): Promise<number> {
  const read = (at: number, length: number) => handle.read(bytes, at, length, from + at)
  const whole = await read(0, bytes.byteLength).catch(unlessUnreadable)
  if (whole) return whole.bytesRead
  bytes.fill(0)
  for (let at = 0; at < bytes.byteLength; at += blockBytes) {
    await read(at, Math.min(blockBytes, bytes.byteLength - at)).catch(unlessUnreadable)
  }
  return bytes.byteLength
}

function unlessUnreadable(cause: unknown): undefined {
  if (!hasCode(cause, 'EIO')) throw cause
}

/** Opens for appending behind `end`, cutting off what lies there. */
export async function openFrameFile(
  file: string,
  frameKey: FrameKey,
  end: number,
  nextOrdinal: number,
): Promise<FrameFile> {
  const handle = await openOrCreate(file)
  try {
    const { size } = await handle.stat()
    if (size > end) await cut(handle, end)
  } catch (cause) {
    await handle.close()
    throw cause
  }
  return frameFileOver(handle, frameKey, end, nextOrdinal)
}

const { O_RDWR, O_CREAT, O_EXCL } = constants
/** A write that returns when it is on the disk, so that a command goes there and back once; Windows knows none. */
const writesAreDurable: number | undefined = constants.O_DSYNC
const flags = O_RDWR | (writesAreDurable ?? 0)

async function openOrCreate(file: string): Promise<FileHandle> {
  try {
    return await open(file, flags)
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) throw cause
    const handle = await open(file, flags | O_CREAT | O_EXCL, 0o600)
    try {
      await handle.sync()
      await syncFolder(path.dirname(file))
    } catch (refused) {
      await handle.close()
      throw refused
    }
    return handle
  }
}

/** How far ahead a file is laid out: some eighty commands. */
const laidOutBytes = 256 * 1024

async function cut(handle: FileHandle, end: number): Promise<void> {
  await handle.truncate(end)
  await handle.sync()
}

function frameFileOver(handle: FileHandle, frameKey: FrameKey, start: number, firstOrdinal: number): FrameFile {
  let end = start
  let laidOut = start
  let ordinal = firstOrdinal

  /** With the zeros behind it where it does not lie in laid out ones; a large append is written as it is. */
  function written(frames: readonly Buffer[]): Buffer {
    const bytes = frames.reduce((sum, frame) => sum + frame.byteLength, 0)
    const isInside = end + bytes <= laidOut || bytes >= laidOutBytes
    return Buffer.concat(frames, isInside ? bytes : laidOutBytes)
  }

  return {
    async append(batches) {
      const frames = batches.map((plain, index) => encodeFrame(frameKey, ordinal + index, plain))
      const bytes = written(frames)
      try {
        await writeAt(handle, bytes, end)
        if (writesAreDurable === undefined) await handle.datasync()
      } catch (cause) {
        // What was half written must not be taken for an acknowledged entry by the next start.
        await handle.truncate(end).catch(() => undefined)
        laidOut = end
        throw cause
      }
      laidOut = Math.max(laidOut, end + bytes.byteLength)
      const places = frames.map((frame, index) => {
        const place = { offset: end, bytes: frame.byteLength, ordinal: ordinal + index }
        end += frame.byteLength
        return place
      })
      ordinal += frames.length
      return places
    },
    async takeBack(places) {
      const first = places[0]
      if (!first) return
      await cut(handle, first.offset)
      end = first.offset
      laidOut = end
      ordinal = first.ordinal
    },
    async read({ offset, bytes }) {
      const frame = Buffer.allocUnsafe(bytes)
      const done = await handle.read(frame, 0, bytes, offset).catch(unlessUnreadable)
      return done?.bytesRead === bytes ? openFrame(frameKey, frame) : undefined
    },
    bytes: () => end,
    frames: () => ordinal,
    async close() {
      // Only tidier: whoever opens the file next would cut them off.
      await handle.truncate(end).catch(() => undefined)
      await handle.close()
    },
  }
}
