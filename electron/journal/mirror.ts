import { rename } from 'node:fs/promises'
import path from 'node:path'
import { type OwnEvent, ownEventSchema } from '../../shared/wire/own-event.ts'
import { ensureFolder, syncFolder, writeDurably } from '../disk/durable-file.ts'
import { encodeFrame, type FrameKey } from './frame.ts'
import { type FrameFile, openFrameFile, readFrameFile } from './frame-file.ts'

/**
 * A second copy of the own events the district has not yet taken, in another folder than the journal.
 * ```
 * append(own) ──► mirror.log        compact(still unsent) ──► mirror.log.new ──rename──► mirror.log
 * ```
 * 1. "Đã lưu" waits for this file too.
 * 2. What stands here and not in the journal was lost there and is put back at start.
 * 3. Compaction writes a whole new file first; the old one stands until the rename.
 */
export interface Mirror {
  readonly append: (events: readonly OwnEvent[]) => Promise<void>
  readonly compact: (unsent: readonly OwnEvent[]) => Promise<void>
  readonly events: () => number
  readonly close: () => Promise<void>
}

export interface OpenedMirror {
  readonly mirror: Mirror
  readonly found: readonly OwnEvent[]
  readonly damaged: boolean
}

export async function openMirror(folder: string, key: Uint8Array): Promise<OpenedMirror> {
  await ensureFolder(folder)
  const file = path.join(folder, 'mirror.log')
  const frameKey: FrameKey = { key, label: 'mirror' }
  const content = await readFrameFile(file, frameKey)
  const found = content.frames.flatMap((frame) => parseEvents(frame.plain))
  const end = content.fileBytes - content.tornBytes
  let open = await openFrameFile(file, frameKey, end, content.frames.length)
  let count = found.length
  const mirror: Mirror = {
    async append(events) {
      await open.append([Buffer.from(JSON.stringify(events))])
      count += events.length
    },
    async compact(unsent) {
      try {
        open = await rewrite(file, frameKey, open, unsent)
        count = unsent.length
      } catch (cause) {
        open = await reopen(file, frameKey)
        throw cause
      }
    },
    events: () => count,
    close: () => open.close(),
  }
  return { mirror, found, damaged: content.gaps > 0 }
}

function parseEvents(plain: Buffer): readonly OwnEvent[] {
  const parsed = ownEventSchema.array().safeParse(JSON.parse(plain.toString('utf8')))
  return parsed.success ? parsed.data : []
}

async function rewrite(
  file: string,
  frameKey: FrameKey,
  old: FrameFile,
  unsent: readonly OwnEvent[],
): Promise<FrameFile> {
  const frames = unsent.map((event, index) => encodeFrame(frameKey, index, Buffer.from(JSON.stringify([event]))))
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
  return openFrameFile(file, frameKey, content.fileBytes - content.tornBytes, content.frames.length)
}
