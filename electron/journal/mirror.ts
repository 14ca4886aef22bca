import { rename } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { packBeside, readBeside } from '../../shared/node/beside-bytes.ts'
import { type OwnEvent, ownEventSchema } from '../../shared/wire/own-event.ts'
import { syncFolder, writeDurably } from '../disk/durable-file.ts'
import { encodeFrame, type FrameKey, type FramePlace } from './frame.ts'
import { type FrameFile, openFrameFile, readFrameFile } from './frame-file.ts'

/**
 * A second copy of the own events the district has not yet taken, in another folder than the journal.
 * ```
 * append(own) ──► mirror.log        compact(head, still unsent) ──► new file ──rename──► mirror.log
 * ```
 * 1. "Đã lưu" waits for this file too.
 * 2. What stands here and not in the journal was lost there and is put back at start.
 * 3. The file always tells how far the desk's chain had come: a journal that ends before that lost its tail.
 * 4. A start that finds it damaged, or without one unsent event, writes it anew from the journal.
 * 5. Compaction writes a whole new file first; the old one stands until the rename.
 */
export interface Mirror {
  readonly append: (events: readonly OwnEvent[]) => Promise<readonly FramePlace[]>
  readonly takeBack: (places: readonly FramePlace[]) => Promise<void>
  readonly compact: (chainN: number, unsent: readonly OwnEvent[]) => Promise<void>
  readonly events: () => number
  readonly close: () => Promise<void>
}

export interface OpenedMirror {
  readonly mirror: Mirror
  readonly found: readonly OwnEvent[]
  /** The highest chain place ever written here. */
  readonly chainN: number
  /** What stood in it cannot be told any more. */
  readonly isDamaged: boolean
}

const recordSchema = z.object({ chainN: z.int().optional(), own: ownEventSchema.array().optional() })
type MirrorRecord = z.infer<typeof recordSchema>

const textLists = ['own'] as const

export async function openMirror(folder: string, key: Uint8Array): Promise<OpenedMirror> {
  const file = path.join(folder, 'mirror.log')
  const frameKey: FrameKey = { key, label: 'mirror' }
  const content = await readFrameFile(file, frameKey)
  const records = content.frames.map((frame) => parseRecord(frame.plain))
  const found = records.flatMap((record) => record.own ?? [])
  const chainN = Math.max(0, ...records.map((record) => record.chainN ?? 0), ...found.map((own) => own.chain.n))
  let open = await reopen(file, frameKey)
  let count = found.length
  const mirror: Mirror = {
    async append(events) {
      const places = await open.append([encodeRecord({ own: [...events] })])
      count += events.length
      return places
    },
    async takeBack(places) {
      await open.takeBack(places)
    },
    async compact(chainN, unsent) {
      try {
        open = await rewrite(file, frameKey, open, [{ chainN }, ...unsent.map((event) => ({ own: [event] }))])
        count = unsent.length
      } catch (cause) {
        await open.close()
        open = await reopen(file, frameKey)
        throw cause
      }
    },
    events: () => count,
    close: () => open.close(),
  }
  return { mirror, found, chainN, isDamaged: content.gaps > 0 }
}

/** Texts beside it, as in the journal's frames: spelling them as JSON within JSON took as long as sealing them. */
function encodeRecord(record: MirrorRecord): Buffer {
  return record.own ? packBeside(record, textLists) : Buffer.from(JSON.stringify(record))
}

/** The first desks wrote texts inside the JSON, which has no line end. */
function parseRecord(plain: Buffer): MirrorRecord {
  const read = plain.includes('\n') ? readBeside(plain, textLists) : JSON.parse(plain.toString('utf8'))
  const parsed = recordSchema.safeParse(read)
  return parsed.success ? parsed.data : {}
}

async function rewrite(
  file: string,
  frameKey: FrameKey,
  old: FrameFile,
  records: readonly MirrorRecord[],
): Promise<FrameFile> {
  const frames = records.map((record, index) => encodeFrame(frameKey, index, encodeRecord(record)))
  const bytes = Buffer.concat(frames)
  await writeDurably(`${file}.compact`, bytes)
  // Windows does not rename over an open file.
  await old.close()
  await rename(`${file}.compact`, file)
  await syncFolder(path.dirname(file))
  return openFrameFile(file, frameKey, bytes.byteLength, frames.length)
}

async function reopen(file: string, frameKey: FrameKey): Promise<FrameFile> {
  const content = await readFrameFile(file, frameKey)
  const nextOrdinal = (content.frames.at(-1)?.ordinal ?? -1) + 1
  return openFrameFile(file, frameKey, content.fileBytes - content.tornBytes, nextOrdinal)
}
