import type { StoredEvent } from '../../shared/domain/event.ts'
import type { JournalHealth } from '../../shared/ipc/view.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import { createQueue } from '../disk/queue.ts'
import { type Batch, decodeBatch } from './batch.ts'
import { DamagedEntry } from './batch-cache.ts'
import { createEntryReader } from './entry-reader.ts'
import { type EventEntry, orderedEvents } from './event-entry.ts'
import { writeIndexSnapshot } from './index-snapshot.ts'
import type { JournalIndex } from './journal-index.ts'
import { closeFiles, type JournalOptions } from './open-files.ts'
import { type HealedFiles, openHealed, refillMirror } from './open-healed.ts'
import { findDamage } from './scrub.ts'
import { readSegments } from './segments.ts'

/**
 * The desk's write-ahead log; appending to it is the only commit point of the app.
 * ```
 * append(batches) ─┬─► segment file: durable write ─────┬─► index ─► listeners (projection, exchange)
 *                  └─► mirror (own events): the same ──┘     ├─► snapshot, now and then
 *                                                            └─► witness: how far it came
 *
 * start: snapshot ─► frames behind it ─► work … scrub of the frames before it ─► damage? ─► heal
 * ```
 * 1. `append` resolves after both files are on the disk; nothing is shown as saved before. If one of them fails the
 *    other is taken back: an entry stands in both or in none.
 * 2. Appends are applied to the index in the order they lie in the file.
 * 3. A torn last write is cut off at start; a damaged stretch is taken out, kept aside, and the cursor goes back
 *    to before it, so that the district sends again what stood there.
 * 4. Own events missing from the journal are put back from the mirror.
 * 5. `isWhole` is false while own events may be missing; then no number is issued, so that none is printed twice.
 *    It is written in the journal: only the district's word ends it, not a restart.
 * 6. Folders copied back from another day are noticed by the witness (`witness.ts`), before anything asks or appends. What may
 *    have been printed and not sent since is passed over when numbers are given again.
 * 7. The journal never gets shorter in silence: what a start takes from a snapshot is checked afterwards (`scrub`) and
 *    at each reading; `heal` then reads every frame and mends as a start would, while the desk stays open.
 */
export interface Journal {
  /** Another one after healing; ask for it each time. */
  readonly index: JournalIndex
  readonly append: (batches: readonly Batch[]) => Promise<void>
  /** A dossier's events in the order that counts, refused ones left out. */
  readonly history: (dossierId: string) => Promise<readonly StoredEvent[]>
  readonly eventOf: (entry: EventEntry) => Promise<StoredEvent>
  readonly ownTextOf: (entry: EventEntry) => Promise<OwnEvent>
  /** The exact text of an event. */
  readonly textOf: (entry: EventEntry) => Promise<string>
  /** Everything that was ever written, in order; for what happens once in years. */
  readonly batches: () => AsyncGenerator<Batch>
  readonly journalId: () => string
  readonly health: () => JournalHealth
  readonly isWhole: () => boolean
  /** The district has given back everything this desk once had. */
  readonly markWhole: () => Promise<void>
  readonly onAppend: (listener: () => void) => void
  /** Called once when a damaged frame is met; whoever keeps the order of commands then calls `heal`. */
  readonly onDamage: (listener: () => void) => void
  /** Checks what the start took on trust, slowly. */
  readonly scrub: () => Promise<void>
  readonly heal: () => Promise<void>
  /** Writes the snapshot the next start begins with. */
  readonly saveIndex: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The mirror is rewritten when more than half of it, and more than this many events, is needed no more. */
const mirrorSlack = 200
/** A command would wait for so many to be rewritten; while a long backlog goes out, that can wait for its end. */
const quicklyRewritten = 500
const mirrorAtMost = 20
/** Frames a start reads at most behind the snapshot: as many bytes, or a share of what the snapshot covers. */
const snapshotEveryBytes = 4 * 1024 * 1024
const snapshotEveryShare = 1 / 16
/** Worth a snapshot when there is time for one: at the end of a start and at closing. */
const snapshotWorthBytes = 512 * 1024

export interface OpenedJournal {
  readonly journal: Journal
  readonly health: JournalHealth
}

export async function openJournal(options: JournalOptions): Promise<OpenedJournal> {
  const files = await openHealed(options, true)
  const journal = journalOver(options, files)
  return { journal, health: journal.health() }
}

function isMirrorTooLong(events: number, unsent: number): boolean {
  return events > (unsent > quicklyRewritten ? mirrorAtMost * unsent : 2 * unsent + mirrorSlack)
}

function journalOver(options: JournalOptions, opened: HealedFiles): Journal {
  const queue = createQueue()
  const listeners: (() => void)[] = []
  const damageListeners: (() => void)[] = []
  const closing = new AbortController()
  let files = opened
  let reader = createEntryReader(files.segments)
  let { state } = files
  let isBroken = false
  let isDamageKnown = false
  let behindBytes = files.readBytes
  let coveredBytes = files.unread.reduce((sum, { bytes }) => sum + bytes, 0)
  let saving: Promise<void> | undefined

  async function write(batches: readonly Batch[]): Promise<void> {
    if (isBroken) throw Object.assign(new Error('the journal could not take back a failed entry'), { code: 'EIO' })
    const { segments, mirror, index } = files
    const own = batches.flatMap((batch) => batch.own ?? [])
    // Both run at once; a failed one must not leave the other unobserved.
    const [journalled, copied] = await Promise.allSettled([
      segments.append(batches),
      own.length > 0 ? mirror.append(own) : Promise.resolve([]),
    ])
    if (journalled.status === 'rejected' || copied.status === 'rejected') {
      try {
        if (journalled.status === 'fulfilled') await segments.takeBack(journalled.value)
        if (copied.status === 'fulfilled') await mirror.takeBack(copied.value)
      } catch {
        isBroken = true
      }
      throw journalled.status === 'rejected' ? journalled.reason : (copied as PromiseRejectedResult).reason
    }
    batches.forEach((batch, at) => {
      const place = journalled.value[at]
      if (place) index.apply(batch, place.segment, place)
      behindBytes += place?.bytes ?? 0
    })
    files.witness.note(index)
    for (const listener of listeners) listener()
    // A mirror that could not be shortened is only longer than needed; the entry itself is safe.
    if (isMirrorTooLong(mirror.events(), index.unsent.size)) await refillMirror(files, reader).catch(noticeDamage)
    if (behindBytes > Math.max(snapshotEveryBytes, coveredBytes * snapshotEveryShare)) void saveIndex()
  }

  /** One at a time. A snapshot that could not be written only makes the next start longer. */
  function saveIndex(): Promise<void> {
    if (isDamageKnown) return Promise.resolve()
    saving ??= writeSnapshot()
      .catch(() => undefined)
      .finally(() => {
        saving = undefined
      })
    return saving
  }

  async function writeSnapshot(): Promise<void> {
    const bytes = behindBytes
    behindBytes = 0
    coveredBytes += bytes
    await writeIndexSnapshot(files.snapshotPlace, files.index)
  }

  function noticeDamage(cause: unknown): void {
    if (!(cause instanceof DamagedEntry) || isDamageKnown) return
    isDamageKnown = true
    for (const listener of damageListeners) listener()
  }

  async function noticing<T>(reading: Promise<T>): Promise<T> {
    try {
      return await reading
    } catch (cause) {
      noticeDamage(cause)
      throw cause
    }
  }

  const append: Journal['append'] = (batches) => queue(() => write(batches))
  const textOf: Journal['textOf'] = (entry) => noticing(reader.textOf(entry))
  const eventOf: Journal['eventOf'] = async (entry) => JSON.parse(await textOf(entry)) as StoredEvent

  async function* batches(): AsyncGenerator<Batch> {
    for await (const plain of readSegments(options.folder, options.key)) yield decodeBatch(plain)
  }

  async function mend(): Promise<void> {
    // The background may only now have come to it; nobody would close what it opens.
    if (closing.signal.aborted) return
    await saving
    isBroken = true
    await closeFiles(files)
    files = await openHealed(options, false)
    reader = createEntryReader(files.segments)
    state = files.state
    isBroken = false
    isDamageKnown = false
    behindBytes = files.readBytes
    coveredBytes = 0
    void saveIndex()
    for (const listener of listeners) listener()
  }

  if (behindBytes > snapshotWorthBytes) void saveIndex()

  return {
    get index() {
      return files.index
    },
    append,
    async history(dossierId) {
      const dossier = files.index.dossiers.get(dossierId)
      return dossier ? Promise.all(orderedEvents(dossier).map(eventOf)) : []
    },
    eventOf,
    textOf,
    batches,
    ownTextOf: (entry) => noticing(reader.ownTextOf(entry)),
    journalId: () => `${files.journalId}.${files.index.healings}`,
    health: () => ({
      state,
      healedEntries: files.lost.length,
      cutBytes: files.cutBytes,
      whole: files.index.isWhole,
    }),
    isWhole: () => files.index.isWhole,
    markWhole: () => append([{ whole: true }]),
    onAppend: (listener) => {
      listeners.push(listener)
    },
    onDamage: (listener) => {
      damageListeners.push(listener)
    },
    async scrub() {
      const isDamaged = await findDamage(options.folder, files.unread, closing.signal)
      if (isDamaged && !closing.signal.aborted) noticeDamage(new DamagedEntry('a frame is not as it was written'))
    },
    heal: () => queue(mend),
    saveIndex,
    async close() {
      closing.abort()
      await queue(async () => undefined)
      await saving
      if (behindBytes > snapshotWorthBytes) await saveIndex()
      await closeFiles(files)
    },
  }
}
