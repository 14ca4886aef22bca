import type { EventId } from '../../shared/core/ids.ts'
import { dateOf } from '../../shared/core/time.ts'
import { formersOf, replacedBy, type StoredEvent } from '../../shared/domain/event.ts'
import type { EventText } from '../../shared/wire/event-text.ts'
import type { Cursor } from '../../shared/wire/exchange.ts'
import type { Batch } from './batch.ts'
import { type ChainHead, emptyChain } from './chain.ts'
import { type DossierChange, DossierTable } from './dossier-table.ts'
import type { DossierEntry, EventEntries, TextPlace } from './event-entry.ts'
import { EventStanding } from './event-standing.ts'
import { allEntries, EventTable, type NewEvent } from './event-table.ts'
import { findUuidWords } from './hex-words.ts'
import type { IndexState, IndexTables, PassedOver } from './index-state.ts'
import { type OwnScan, ScanTable } from './scan-table.ts'
import type { SegmentCoverage } from './segments.ts'

type StreamItem = NonNullable<Batch['stream']>[number]

/**
 * The journal's derived index: rebuilt from the frames, or taken from a snapshot of itself and the frames behind it.
 * 1. `position` grows by one for each frame; a dossier's place is that of the last frame that touched it.
 * 2. An event stands once, whichever list brought it first.
 * 3. Applying the same frames in the same order gives the same index.
 * 4. It keeps ids and places in columns, 64 bytes an event; texts stay in the frames.
 */
export class JournalIndex {
  readonly events: EventEntries
  readonly unsent: EventStanding['unsent']
  readonly refused: EventStanding['refused']
  readonly lastAccepted: EventStanding['lastAccepted']
  readonly dossiers: {
    readonly size: number
    readonly get: (dossierId: string) => DossierEntry | undefined
    readonly keys: () => Iterable<string>
  }
  /** Own commands: id to the event it became last. */
  readonly commands: { readonly get: (commandId: string) => string | undefined }
  readonly scansSent: { readonly size: number; readonly has: (sha256: string) => boolean }
  /** Scans that own events name and the district has not confirmed to hold. */
  readonly unsentScans: ReadonlyMap<string, OwnScan>
  /** Own dossier numbers used: day to highest ordinal. */
  readonly ordinals: Map<string, number>
  position = 0
  healings = 0
  isWhole = true
  /** What was lost of the own chain up to here came back from the district, without its chain places. */
  chainKnownFrom = 0
  cursor: Cursor = { epoch: '', seq: 0 }
  chain: ChainHead = emptyChain
  /** Numbers that may have been given in frames that are gone: each was at most one number of one of these days. */
  passedOver: readonly PassedOver[] = []
  /** The moment of the last own entry; the clock should not read earlier. */
  lastOwnAt = ''
  /** The district's moment of the newest event it sent here. */
  lastReceivedAt = ''
  private readonly coverage: Map<number, SegmentCoverage>
  private readonly eventTable: EventTable
  private readonly dossierTable: DossierTable
  private readonly scanTable: ScanTable
  private readonly standing: EventStanding

  constructor(
    private readonly deskId: () => string | undefined,
    stored?: { readonly state: IndexState; readonly tables: IndexTables },
  ) {
    const state = stored?.state
    const dossiers = new DossierTable(stored?.tables.dossiers)
    const dossierIdOf = (row: number) => dossiers.idOf(row)
    const events = new EventTable(dossierIdOf, stored && { rows: stored.tables.events, extras: stored.state.extras })
    const scans = new ScanTable(stored && { rows: stored.tables.scans, mediaTypes: stored.state.mediaTypes })
    this.dossierTable = dossiers
    this.eventTable = events
    this.scanTable = scans
    const standing = new EventStanding(events, (row) => this.touch(row), state)
    this.standing = standing
    this.ordinals = new Map(state?.ordinals)
    this.passedOver = state?.passedOver ?? []
    this.coverage = new Map(state?.coverage.map((covered) => [covered.segment, covered]))
    if (state) {
      const { position, healings, isWhole, chainKnownFrom, cursor, chain, lastOwnAt, lastReceivedAt } = state
      Object.assign(this, { position, healings, isWhole, chainKnownFrom, cursor, chain, lastOwnAt, lastReceivedAt })
    }
    this.events = allEntries(events)
    this.unsent = standing.unsent
    this.refused = standing.refused
    this.lastAccepted = () => standing.lastAccepted()
    this.commands = { get: (commandId) => events.findByCommand(commandId) }
    this.unsentScans = scans.unsent
    this.scansSent = {
      get size() {
        return scans.sentCount
      },
      has: (sha256) => scans.isSent(sha256),
    }
    this.dossiers = {
      get size() {
        return dossiers.size
      },
      get(dossierId) {
        const row = dossiers.findRow(dossierId)
        return row === undefined ? undefined : dossiers.entryOf(row, events)
      },
      *keys() {
        for (let row = 0; row < dossiers.size; row += 1) yield dossiers.idOf(row)
      },
    }
  }

  apply(batch: Batch, segment: number, frame: { readonly offset: number; readonly bytes: number }): void {
    this.position += 1
    this.cover(segment, frame)
    if (batch.healed) this.healings += 1
    if (batch.whole !== undefined) this.isWhole = batch.whole
    if (batch.newEpoch) this.forgetPlaces()
    if (batch.rolledBack) this.passOver(batch.rolledBack)
    const place = { segment, offset: frame.offset, bytes: frame.bytes }
    batch.own?.forEach((own, at) => {
      const event = JSON.parse(String(own.text)) as StoredEvent
      // A healed event may lie behind its successors; the head never goes back.
      if (own.chain.n > this.chain.n) this.chain = { n: own.chain.n, link: own.chain.link }
      this.addEvent(event, { ...place, list: 'own', at }, own.chain.n)
    })
    batch.stream?.forEach((item, at) => {
      if (item.text !== undefined && this.eventTable.findRow(item.eventId) === undefined) {
        this.addFromStream(item.text, item, { ...place, list: 'stream', at })
      }
      const row = this.eventTable.findRow(item.eventId)
      if (row !== undefined) this.placeEvent(row, item)
    })
    for (const verdict of batch.verdicts ?? []) this.standing.judge(verdict)
    for (const { from, to } of batch.rebased ?? []) {
      const dossierId = this.events.get(to)?.dossierId
      if (dossierId !== undefined) this.settle([from], { id: to, dossierId }, true)
    }
    for (const hash of batch.scansSent ?? []) this.scanTable.markSent(hash)
    if (batch.cursor) this.cursor = batch.cursor
    if (batch.chainHead && batch.chainHead.n > this.chain.n) {
      this.chain = batch.chainHead
      this.chainKnownFrom = batch.chainHead.n
    }
    if (batch.whole) this.chainKnownFrom = this.chain.n
  }

  changedAfter(position: number, limit: number): { readonly changed: readonly DossierChange[]; readonly more: number } {
    return this.dossierTable.changedAfter(position, limit)
  }

  /** True while something accepted in an earlier life of the district has no place in its present one. */
  hasFormerPlaces(): boolean {
    return this.eventTable.hasFormer()
  }

  /** Places of the own chain that are here. */
  chainPlaces(): Set<number> {
    const places = new Set<number>()
    for (let row = 0; row < this.eventTable.count; row += 1) {
      const n = this.eventTable.chainNOf(row)
      if (n !== 0) places.add(n)
    }
    return places
  }

  /** The furthest place of the own chain that the district took. */
  takenUpTo(): number {
    let furthest = 0
    for (let row = 0; row < this.eventTable.count; row += 1) {
      if (this.eventTable.isAccepted(row)) furthest = Math.max(furthest, this.eventTable.chainNOf(row))
    }
    return furthest
  }

  /** Everything in it, to be copied before the next frame is applied. */
  stored(): { readonly state: IndexState; readonly tables: IndexTables } {
    const { position, healings, isWhole, chainKnownFrom, cursor, chain, lastOwnAt, lastReceivedAt } = this
    const events = this.eventTable.stored()
    const scans = this.scanTable.stored()
    return {
      state: {
        ...{ position, healings, isWhole, chainKnownFrom, cursor, chain, lastOwnAt, lastReceivedAt },
        coverage: [...this.coverage.values()],
        ordinals: [...this.ordinals],
        passedOver: this.passedOver,
        ...this.standing.stored(),
        extras: events.extras,
        mediaTypes: scans.mediaTypes,
      },
      tables: { events: events.rows, dossiers: this.dossierTable.stored(), scans: scans.rows },
    }
  }

  private cover(segment: number, { offset, bytes }: { readonly offset: number; readonly bytes: number }): void {
    const frames = (this.coverage.get(segment)?.frames ?? 0) + 1
    this.coverage.set(segment, { segment, frames, bytes: offset + bytes, lastAt: offset })
  }

  private passOver({ frames, until }: NonNullable<Batch['rolledBack']>): void {
    const from = this.lastOwnAt === '' ? '' : dateOf(this.lastOwnAt)
    this.passedOver = [...this.passedOver, { from, until, count: frames, known: [...this.ordinals] }]
  }

  private forgetPlaces(): void {
    this.scanTable.forgetSent()
    this.standing.forgetPlaces()
  }

  /** Of another desk's event no more is needed than what the district says it is about. */
  private addFromStream(text: EventText, { eventId, about }: StreamItem, place: TextPlace): void {
    if (about && about.deskId !== this.deskId()) {
      const { dossierId, type, replaces = [] } = about
      const isNew = this.addRow({ id: eventId, dossierId, type, own: false, chainN: undefined, place })
      if (isNew) this.settle(replaces, { id: eventId, dossierId }, false)
    } else {
      this.addEvent(JSON.parse(String(text)) as StoredEvent, place, undefined)
    }
  }

  private addEvent(event: StoredEvent, place: TextPlace, chainN: number | undefined): void {
    const own = chainN !== undefined || event.deskId === this.deskId()
    const isNew = this.addRow({ ...event, own, chainN, place })
    if (!isNew) return
    if (own) this.rememberOwn(event, chainN)
    const before = formersOf(event).slice(1)
    // Where the one between is here, too, that says what became of them.
    const isSettled = (id: EventId) => before.includes(id) && this.events.get(id)?.rebasedTo !== undefined
    // Told by the event itself too: put back from the mirror, it comes without the mark of its frame.
    const replaced = replacedBy(event).filter((id) => !isSettled(id))
    this.settle(replaced, event, own)
  }

  /** A desk replaces its own events alone, in one dossier. Another's may still stand here from a former life of the district. */
  private settle(
    replaced: readonly string[],
    by: { readonly id: string; readonly dossierId: string },
    own: boolean,
  ): void {
    for (const id of replaced) {
      const entry = this.events.get(id)
      if (entry?.own === own && entry.dossierId === by.dossierId) this.standing.replace(id, by.id)
      if (!entry && own) this.standing.replaceLater(id, { to: by.id, dossierId: by.dossierId })
    }
  }

  /** What has no proper id cannot have been admitted by any district; there is nothing to name it by. */
  private addRow(event: NamedEvent): boolean {
    const { type, own, chainN, place } = event
    const id = findUuidWords(event.id)
    const dossierId = findUuidWords(event.dossierId)
    if (!id || !dossierId || this.eventTable.findRow(event.id) !== undefined) return false
    const command = own && event.commandId !== undefined ? findUuidWords(event.commandId) : undefined
    const dossier = this.dossierTable.rowOf(dossierId)
    const row = this.eventTable.add({ id, command, type, own, chainN, place }, dossier)
    this.dossierTable.addEvent(dossier, row, this.eventTable)
    if (chainN !== undefined) this.standing.addUnsent(row)
    if (own) this.standing.replaceIfLate(event)
    this.touch(row)
    return true
  }

  private rememberOwn(event: StoredEvent, chainN: number | undefined): void {
    // The last entry, not the furthest: a clock that once ran ahead must not stay the measure. Rebased events keep an old moment.
    const isLast = chainN === this.chain.n && event.rebasedFrom === undefined
    if (chainN === undefined ? event.at > this.lastOwnAt : isLast) this.lastOwnAt = event.at
    for (const scan of scansOf(event)) this.scanTable.addOwn(scan)
    const number = event.body.number as { on?: string; ordinal?: number } | undefined
    if (typeof number?.on === 'string' && typeof number.ordinal === 'number') {
      this.ordinals.set(number.on, Math.max(this.ordinals.get(number.on) ?? 0, number.ordinal))
    }
  }

  /** Its place in the stream, as told by the stream itself. */
  private placeEvent(row: number, { seq, receivedAt, findings }: StreamItem): void {
    this.standing.accept(
      row,
      seq,
      findings.map((finding) => finding.code),
    )
    if (!receivedAt) return
    if (receivedAt > this.lastReceivedAt) this.lastReceivedAt = receivedAt
    if (this.eventTable.chainNOf(row) !== 0) this.standing.rememberAccepted(row, receivedAt)
  }

  private touch(event: number): void {
    this.dossierTable.touch(this.eventTable.dossierOf(event), this.position)
  }
}

/** What an event is found by. */
interface NamedEvent extends Pick<NewEvent, 'type' | 'own' | 'chainN' | 'place'> {
  readonly id: string
  readonly dossierId: string
  readonly commandId?: string
}

/** Read without the full schema: a journal of fifty thousand dossiers may be indexed at a start. */
function scansOf(event: StoredEvent): readonly OwnScan[] {
  const documents = event.body.documents as readonly { readonly scans?: readonly OwnScan[] }[] | undefined
  return Array.isArray(documents) ? documents.flatMap((document) => document.scans ?? []) : []
}
