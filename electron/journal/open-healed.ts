import type { JournalHealth } from '../../shared/ipc/view.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import type { Batch } from './batch.ts'
import { DamagedEntry } from './batch-cache.ts'
import { createEntryReader, type EntryReader } from './entry-reader.ts'
import {
  closeFiles,
  type ExpectedWork,
  forgetSnapshot,
  type JournalOptions,
  type OpenedFiles,
  openFiles,
  renewJournalId,
} from './open-files.ts'
import { healSegments } from './segments.ts'

/** Events put back from the mirror go into frames of this many. */
const eventsPerRepair = 50

/** What lies in the journal's files once nothing in them is damaged any more. */
export interface HealedFiles extends OpenedFiles {
  readonly state: JournalHealth['state']
}

/** Opens the files and repairs them where needed; the state tells what was found. None stays open where that fails. */
export async function openHealed(options: JournalOptions, trust: boolean): Promise<HealedFiles> {
  const files = await openFiles(options, trust)
  try {
    return await healOpened(options, files)
  } catch (cause) {
    await closeFiles(files)
    throw cause
  }
}

async function healOpened(options: JournalOptions, files: OpenedFiles): Promise<HealedFiles> {
  const isDamaged = files.damaged.length > 0 || files.isShorter || !files.isOwnComplete
  const state = isDamaged ? 'damaged' : files.lost.length > 0 ? 'healed' : 'whole'
  if (files.isEmpty && !isDamaged && files.lost.length === 0) await appendTo(files, [{}])
  if (isDamaged || files.cutBytes > 0 || files.lost.length > 0) {
    await appendTo(files, repairOf(files, options.expected()))
    await forgetSnapshot(options)
  }
  const journalId = files.wentBack ? await renewJournalId(options.folder) : files.journalId
  // Last: until all of the cure is on the disk, the next start must notice the same.
  files.witness.hold(files.index)
  if (files.damaged.length > 0) {
    await closeFiles(files)
    await healSegments(options.folder, options.key, files.damaged)
    const { cutBytes, lost } = files
    return { ...(await openHealed(options, false)), cutBytes, lost, state }
  }
  // A mirror that was lost or damaged is a second copy again from here on.
  if (files.mirrorIsOld) {
    try {
      await refillMirror(files, createEntryReader(files.segments))
    } catch (cause) {
      if (!(cause instanceof DamagedEntry)) throw cause
      await closeFiles(files)
      return openHealed(options, false)
    }
  }
  return { ...files, journalId, snapshotPlace: { ...files.snapshotPlace, journalId }, state }
}

/** What the journal is told before anything is repaired, so that a power cut in between loses nothing more. */
function repairOf(files: OpenedFiles, expected: ExpectedWork | undefined): readonly Batch[] {
  const { lost, isOwnComplete, safeCursor } = files
  const frames: Batch[] = [
    {
      healed: true,
      ...(isOwnComplete ? {} : { whole: false, ...rolledBackOf(files, expected) }),
      ...(safeCursor ? { cursor: safeCursor } : {}),
    },
  ]
  for (let at = 0; at < lost.length; at += eventsPerRepair) frames.push({ own: lost.slice(at, at + eventsPerRepair) })
  return frames
}

/**
 * Numbers that may be in citizens' hands though nobody knows of them any more. Where nobody even knows how many, the day
 * goes on in the other half of the lane. Those of `lost` come back only in a frame behind this one, so they are counted too.
 */
function rolledBackOf(
  { isEmpty, maybeUnsent, lost }: OpenedFiles,
  expected: ExpectedWork | undefined,
): Pick<Batch, 'rolledBack'> {
  if (!expected) return {}
  const unknown = isEmpty ? expected.numbersAtMost : Math.min(maybeUnsent, expected.numbersAtMost)
  return unknown > 0 ? { rolledBack: { frames: unknown + lost.length, until: expected.today } } : {}
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
