import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { StoredEvent } from '../../shared/domain/event.ts'
import type { JournalHealth } from '../../shared/ipc/view.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import { findFile, writeDurably } from '../disk/durable-file.ts'
import { createQueue } from '../disk/queue.ts'
import { type Batch, decodeBatch, encodeBatch } from './batch.ts'
import { createBatchReader } from './batch-cache.ts'
import { type DossierEntry, type EventEntry, JournalIndex, orderedEvents } from './journal-index.ts'
import { type Mirror, openMirror } from './mirror.ts'
import { healSegments, openSegments, type Segments } from './segments.ts'

/**
 * The desk's write-ahead log; appending to it is the only commit point of the app.
 * ```
 * append(batches) ─┬─► segment file: write, fdatasync ─┬─► index ─► listeners (projection, exchange)
 *                  └─► mirror (own events): the same ──┘
 * ```
 * 1. `append` resolves after both files are on the disk; nothing is shown as saved before. If one of them fails the
 *    other is taken back: an entry stands in both or in none.
 * 2. Appends are applied to the index in the order they lie in the file.
 * 3. A torn last write is cut off at start; a damaged stretch is taken out, kept aside, and the cursor goes back
 *    to before it, so that the district sends again what stood there.
 * 4. Own events missing from the journal are put back from the mirror at start.
 * 5. `isWhole` is false while own events may be missing; then no number is issued, so that none is printed twice.
 *    It is written in the journal: only the district's word ends it, not a restart.
 */
export interface Journal {
  readonly index: JournalIndex
  readonly append: (batches: readonly Batch[]) => Promise<void>
  /** A dossier's events in the order that counts, refused ones left out. */
  readonly history: (dossierId: string) => Promise<readonly StoredEvent[]>
  readonly eventOf: (entry: EventEntry) => Promise<StoredEvent>
  readonly ownTextOf: (entry: EventEntry) => Promise<OwnEvent>
  readonly journalId: () => string
  readonly isWhole: () => boolean
  /** The district has given back everything this desk once had. */
  readonly markWhole: () => Promise<void>
  readonly onAppend: (listener: () => void) => void
  readonly close: () => Promise<void>
}

export interface JournalOptions {
  readonly folder: string
  readonly mirrorFolder: string
  readonly key: Uint8Array
  readonly mirrorKey: Uint8Array
  readonly deskId: () => string | undefined
  /** True when this desk has worked before: an empty journal is then a loss, not a new install. */
  readonly expected: boolean
}

/** The mirror is rewritten when it holds this many events more than are unsent. */
const mirrorSlack = 200
/** Events put back from the mirror go into frames of this many. */
const eventsPerRepair = 50

export async function openJournal(options: JournalOptions): Promise<{ journal: Journal; health: JournalHealth }> {
  const opened = await openSegments(options.folder, options.key)
  const index = new JournalIndex(options.deskId)
  let safeCursor: JournalIndex['cursor'] | undefined
  for (const frame of opened.frames) {
    if (frame.afterGap) safeCursor ??= index.cursor
    index.apply(decodeBatch(frame.plain), frame.segment, frame)
  }
  const { mirror, found, chainN } = await openMirror(options.mirrorFolder, options.mirrorKey)
  const lost = found.filter((own) => !index.events.has(eventIdOf(own))).sort((a, b) => a.chain.n - b.chain.n)
  const isEmpty = opened.frames.length === 0
  const isOwnComplete = isChainComplete(index, lost, chainN) && !(options.expected && isEmpty)
  const isDamaged = opened.damaged.length > 0 || !isOwnComplete
  const journal = journalOver(index, mirror, opened.segments, await openJournalId(options.folder))
  if (isEmpty && !isDamaged) await journal.append([{}], { mirrored: true })
  if (isDamaged || opened.cutBytes > 0 || lost.length > 0) {
    await journal.append(repairOf(lost, isOwnComplete, safeCursor), { mirrored: true })
  }
  const state = isDamaged ? 'damaged' : lost.length > 0 ? 'healed' : 'whole'
  const health: JournalHealth = { state, healedEntries: lost.length, cutBytes: opened.cutBytes }
  if (opened.damaged.length > 0) {
    await journal.close()
    await healSegments(options.folder, options.key, opened.damaged)
    return { journal: (await openJournal(options)).journal, health }
  }
  // A mirror that was lost or damaged is a second copy again from here on.
  if (mirror.events() < index.unsent.size || chainN < index.chain.n) await journal.refillMirror()
  return { journal, health }
}

/** What the journal is told before anything is repaired, so that a power cut in between loses nothing more. */
function repairOf(
  lost: readonly OwnEvent[],
  isOwnComplete: boolean,
  cursor: JournalIndex['cursor'] | undefined,
): readonly Batch[] {
  const frames: Batch[] = [{ healed: true, ...(isOwnComplete ? {} : { whole: false }), ...(cursor ? { cursor } : {}) }]
  for (let at = 0; at < lost.length; at += eventsPerRepair) frames.push({ own: lost.slice(at, at + eventsPerRepair) })
  return frames
}

/** True when every own event up to the furthest place known is here; then every number this desk gave is known. */
function isChainComplete(index: JournalIndex, lost: readonly OwnEvent[], mirroredN: number): boolean {
  const places = new Set(lost.map((own) => own.chain.n))
  for (const { chainN } of index.events.values()) if (chainN !== undefined) places.add(chainN)
  for (let n = index.chainKnownFrom + 1; n <= Math.max(index.chain.n, mirroredN); n += 1) {
    if (!places.has(n)) return false
  }
  return true
}

function eventIdOf(own: OwnEvent): string {
  return (JSON.parse(own.text) as StoredEvent).id
}

/** Tells one life of the journal's data from another, for those who derive from it. */
async function openJournalId(folder: string): Promise<string> {
  const file = path.join(folder, 'journal-id')
  const stored = await findFile(file)
  if (stored && stored.byteLength > 0) return stored.toString('utf8')
  const id = randomBytes(8).toString('hex')
  await writeDurably(file, Buffer.from(id))
  return id
}

interface JournalWithRepair extends Journal {
  readonly append: (batches: readonly Batch[], how?: { readonly mirrored: boolean }) => Promise<void>
  readonly refillMirror: () => Promise<void>
}

function journalOver(index: JournalIndex, mirror: Mirror, segments: Segments, journalId: string): JournalWithRepair {
  const queue = createQueue()
  const readBatch = createBatchReader(segments)
  const listeners: (() => void)[] = []
  let isBroken = false

  async function ownTextOf(entry: EventEntry): Promise<OwnEvent> {
    const own = (await readBatch(entry.place)).own?.[entry.place.at]
    if (!own) throw new Error('entry is not an own event')
    return own
  }

  async function textOf(entry: EventEntry): Promise<string> {
    const { place } = entry
    const batch = await readBatch(place)
    const text = place.list === 'own' ? batch.own?.[place.at]?.text : batch.stream?.[place.at]?.text
    if (text === undefined) throw new Error('entry has no text')
    return text
  }

  async function refillMirror(): Promise<void> {
    await mirror.compact(index.chain.n, await Promise.all([...index.unsent.values()].map(ownTextOf)))
  }

  async function write(batches: readonly Batch[], mirrored: boolean): Promise<void> {
    if (isBroken) throw Object.assign(new Error('the journal could not take back a failed entry'), { code: 'EIO' })
    const own = mirrored ? [] : batches.flatMap((batch) => batch.own ?? [])
    // Both run at once; a failed one must not leave the other unobserved.
    const [journalled, copied] = await Promise.allSettled([
      segments.append(batches.map(encodeBatch)),
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
      if (place) index.apply(batch, place.segment, { offset: place.offset, bytes: place.bytes })
    })
    for (const listener of listeners) listener()
    // A mirror that could not be shortened is only longer than needed; the entry itself is safe.
    if (mirror.events() > index.unsent.size + mirrorSlack) await refillMirror().catch(() => undefined)
  }

  const eventOf = async (entry: EventEntry) => JSON.parse(await textOf(entry)) as StoredEvent
  const append: JournalWithRepair['append'] = (batches, how) => queue(() => write(batches, how?.mirrored ?? false))

  return {
    index,
    append,
    refillMirror,
    async history(dossierId) {
      const dossier: DossierEntry | undefined = index.dossiers.get(dossierId)
      return dossier ? Promise.all(orderedEvents(dossier).map(eventOf)) : []
    },
    eventOf,
    ownTextOf,
    journalId: () => `${journalId}.${index.healings}`,
    isWhole: () => index.isWhole,
    markWhole: () => append([{ whole: true }]),
    onAppend: (listener) => {
      listeners.push(listener)
    },
    async close() {
      await queue(async () => undefined)
      await Promise.all([segments.close(), mirror.close()])
    },
  }
}
