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
import { openSegments } from './segments.ts'

/**
 * The desk's write-ahead log; appending to it is the only commit point of the app.
 * ```
 * append(batches) ─┬─► segment file: write, fdatasync ─┬─► index ─► listeners (projection, exchange)
 *                  └─► mirror (own events): the same ──┘
 * ```
 * 1. `append` resolves after both files are on the disk; nothing is shown as saved before.
 * 2. Appends are applied to the index in the order they lie in the file.
 * 3. A torn last write is cut off at start; a damaged stretch is taken out, kept aside, and the cursor goes back
 *    to before it, so that the district sends again what stood there.
 * 4. Own events missing from the journal are put back from the mirror at start.
 * 5. `isWhole` is false while own events may be missing; then no number is issued, so that none is printed twice.
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
  readonly markWhole: () => void
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

export async function openJournal(options: JournalOptions): Promise<{ journal: Journal; health: JournalHealth }> {
  const opened = await openSegments(options.folder, options.key)
  const index = new JournalIndex(options.deskId)
  const journalId = await openJournalId(options.folder)
  let safeCursor: JournalIndex['cursor'] | undefined
  for (const frame of opened.frames) {
    if (frame.afterGap) safeCursor ??= index.cursor
    index.apply(decodeBatch(frame.plain), frame.segment, frame)
  }
  const { mirror, found, damaged: mirrorDamaged } = await openMirror(options.mirrorFolder, options.mirrorKey)
  const lost = found.filter((own) => !index.events.has(eventIdOf(own))).sort((a, b) => a.chain.n - b.chain.n)
  const emptyButExpected = options.expected && opened.frames.length === 0
  const chainBroken = lost.some((own, at) => own.chain.n !== (lost[at - 1]?.chain.n ?? index.chain.n) + 1)
  const damaged = opened.gaps > 0 || emptyButExpected || chainBroken
  const journal = journalOver(index, mirror, opened.segments, journalId, !damaged)
  if (damaged || opened.cutBytes > 0 || lost.length > 0 || opened.frames.length === 0) {
    const repair: Batch = {
      ...(opened.frames.length > 0 || emptyButExpected ? { healed: true } : {}),
      ...(lost.length > 0 ? { own: [...lost] } : {}),
      ...(safeCursor ? { cursor: safeCursor } : {}),
    }
    await journal.append([repair], { mirrored: true })
  }
  const state = damaged ? 'damaged' : lost.length > 0 || mirrorDamaged ? 'healed' : 'whole'
  return { journal, health: { state, healedEntries: lost.length, cutBytes: opened.cutBytes } }
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
}

function journalOver(
  index: JournalIndex,
  mirror: Mirror,
  segments: Awaited<ReturnType<typeof openSegments>>['segments'],
  journalId: string,
  startsWhole: boolean,
): JournalWithRepair {
  const queue = createQueue()
  const readBatch = createBatchReader(segments)
  const listeners: (() => void)[] = []
  let whole = startsWhole

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

  async function compactMirror(): Promise<void> {
    if (mirror.events() <= index.unsent.size + mirrorSlack) return
    await mirror.compact(await Promise.all([...index.unsent.values()].map(ownTextOf)))
  }

  async function write(batches: readonly Batch[], mirrored: boolean): Promise<void> {
    const own = mirrored ? [] : batches.flatMap((batch) => batch.own ?? [])
    const mirrorWritten = own.length > 0 ? mirror.append(own) : Promise.resolve()
    // Both run at once; a failed one must not leave the other unobserved.
    const [placesWritten, mirrorResult] = await Promise.allSettled([
      segments.append(batches.map(encodeBatch)),
      mirrorWritten,
    ])
    if (placesWritten.status === 'rejected') throw placesWritten.reason
    const places = placesWritten.value
    batches.forEach((batch, at) => {
      const place = places[at]
      if (place) index.apply(batch, place.segment, { offset: place.offset, bytes: place.bytes })
    })
    for (const listener of listeners) listener()
    if (mirrorResult.status === 'rejected') throw mirrorResult.reason
    // A mirror that could not be shortened is only longer than needed; the entry itself is safe.
    await compactMirror().catch(() => undefined)
  }

  const eventOf = async (entry: EventEntry) => JSON.parse(await textOf(entry)) as StoredEvent

  return {
    index,
    append: (batches, how) => queue(() => write(batches, how?.mirrored ?? false)),
    async history(dossierId) {
      const dossier: DossierEntry | undefined = index.dossiers.get(dossierId)
      return dossier ? Promise.all(orderedEvents(dossier).map(eventOf)) : []
    },
    eventOf,
    ownTextOf,
    journalId: () => `${journalId}.${index.healings}`,
    isWhole: () => whole,
    markWhole: () => {
      whole = true
    },
    onAppend: (listener) => {
      listeners.push(listener)
    },
    async close() {
      await queue(async () => undefined)
      await Promise.all([segments.close(), mirror.close()])
    },
  }
}
