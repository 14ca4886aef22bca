import type { JournalHealth } from '../../shared/ipc/view.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import type { Batch } from './batch.ts'
import { DamagedEntry } from './batch-cache.ts'
import { createEntryReader, type EntryReader } from './entry-reader.ts'
import { forgetSnapshot, type JournalOptions, type OpenedFiles, openFiles } from './open-files.ts'
import { healSegments } from './segments.ts'

/** Events put back from the mirror go into frames of this many. */
const eventsPerRepair = 50

/** What lies in the journal's files once nothing in them is damaged any more. */
export interface HealedFiles extends OpenedFiles {
  /** A desk that has worked before found no readable entry: nobody here knows how much there was. */
  readonly beganAnew: boolean
  readonly state: JournalHealth['state']
}

/** Opens the files and repairs them where needed; the state tells what was found. */
export async function openHealed(options: JournalOptions, trust: boolean): Promise<HealedFiles> {
  const files = await openFiles(options, trust)
  const isDamaged = files.damaged.length > 0 || files.isShorter || !files.isOwnComplete
  const state = isDamaged ? 'damaged' : files.lost.length > 0 ? 'healed' : 'whole'
  const beganAnew = files.isEmpty && !files.isOwnComplete
  if (files.isEmpty && !isDamaged && files.lost.length === 0) await appendTo(files, [{}])
  if (isDamaged || files.cutBytes > 0 || files.lost.length > 0) {
    await appendTo(files, repairOf(files))
    await forgetSnapshot(options)
  }
  if (files.damaged.length > 0) {
    await Promise.all([files.segments.close(), files.mirror.close()])
    await healSegments(options.folder, options.key, files.damaged)
    const { cutBytes, lost } = files
    return { ...(await openHealed(options, false)), cutBytes, lost, state, beganAnew }
  }
  // A mirror that was lost or damaged is a second copy again from here on.
  if (files.mirrorIsOld) {
    try {
      await refillMirror(files, createEntryReader(files.segments))
    } catch (cause) {
      if (!(cause instanceof DamagedEntry)) throw cause
      await Promise.all([files.segments.close(), files.mirror.close()])
      return openHealed(options, false)
    }
  }
  return { ...files, state, beganAnew }
}

/** What the journal is told before anything is repaired, so that a power cut in between loses nothing more. */
function repairOf({ lost, isOwnComplete, safeCursor }: OpenedFiles): readonly Batch[] {
  const frames: Batch[] = [
    { healed: true, ...(isOwnComplete ? {} : { whole: false }), ...(safeCursor ? { cursor: safeCursor } : {}) },
  ]
  for (let at = 0; at < lost.length; at += eventsPerRepair) frames.push({ own: lost.slice(at, at + eventsPerRepair) })
  return frames
}

/** To the journal alone: what comes out of the mirror stands there already. */
async function appendTo({ segments, index }: OpenedFiles, batches: readonly Batch[]): Promise<void> {
  const places = await segments.append(batches)
  batches.forEach((batch, at) => {
    const place = places[at]
    if (place) index.apply(batch, place.segment, place)
  })
}

/** Makes the mirror hold the unsent own events and nothing else. */
export async function refillMirror({ mirror, index }: OpenedFiles, reader: EntryReader): Promise<void> {
  const unsent: OwnEvent[] = []
  // One after the other: neighbours lie in the same frame, which is then read once.
  for (const entry of index.unsent.values()) unsent.push(await reader.ownTextOf(entry))
  await mirror.compact(index.chain.n, unsent)
}
