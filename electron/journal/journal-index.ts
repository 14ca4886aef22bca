import type { StoredEvent } from '../../shared/domain/event.ts'
import type { Cursor, Verdict } from '../../shared/wire/exchange.ts'
import type { Batch } from './batch.ts'
import { type ChainHead, emptyChain } from './chain.ts'

/** Where an event's text lies. */
export interface TextPlace {
  readonly segment: number
  readonly offset: number
  readonly bytes: number
  readonly list: 'own' | 'stream'
  readonly at: number
}

export interface EventEntry {
  readonly eventId: string
  readonly dossierId: string
  readonly type: string
  readonly at: string
  readonly own: boolean
  readonly commandId: string
  readonly chainN?: number
  place: TextPlace
  /** Place in the unit's stream, once accepted. */
  streamSeq?: number
  /** Its place before the district's stream was numbered anew: keeps the order until it is known again. */
  formerSeq?: number
  acceptedAt?: string
  refusedCode?: string
  findings: readonly string[]
  rebasedTo?: string
}

export interface OwnScan {
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
}

export interface DossierEntry {
  readonly dossierId: string
  readonly events: EventEntry[]
  position: number
}

/**
 * The journal's derived index: never stored, built by reading every frame once.
 * 1. `positions` grows by one for each frame; a dossier's place is that of the last frame that touched it.
 * 2. An event stands once, whichever list brought it first.
 * 3. Applying the same frames in the same order gives the same index.
 */
export class JournalIndex {
  readonly events = new Map<string, EventEntry>()
  readonly dossiers = new Map<string, DossierEntry>()
  readonly commands = new Map<string, string>()
  readonly scansSent = new Set<string>()
  /** Scans that own events name: hash to size and media type. */
  readonly ownScans = new Map<string, OwnScan>()
  /** Those the district has not confirmed to hold; asked for at every status, so kept and not searched. */
  readonly unsentScans = new Map<string, OwnScan>()
  /** Own events without a final verdict, in chain order. */
  readonly unsent = new Map<string, EventEntry>()
  /** Events refused and not replaced: those an officer, or a second decision, has to look at. */
  readonly refused = new Map<string, EventEntry>()
  /** Own dossier numbers used: day to highest ordinal. */
  readonly ordinals = new Map<string, number>()
  /** Dossier ids by the position at which they last changed; stale entries are skipped by readers. */
  readonly changes: { readonly position: number; readonly dossierId: string }[] = []
  position = 0
  healings = 0
  isWhole = true
  /** What was lost of the own chain up to here came back from the district, without its chain places. */
  chainKnownFrom = 0
  cursor: Cursor = { epoch: '', seq: 0 }
  chain: ChainHead = emptyChain
  lastOwnAt = ''
  /** The district's moment of the newest event it sent here. */
  lastReceivedAt = ''

  constructor(private readonly deskId: () => string | undefined) {}

  apply(batch: Batch, segment: number, frame: { readonly offset: number; readonly bytes: number }): void {
    this.position += 1
    if (batch.healed) this.healings += 1
    if (batch.whole !== undefined) this.isWhole = batch.whole
    if (batch.newEpoch) this.forgetPlaces()
    batch.own?.forEach((own, at) => {
      const event = JSON.parse(own.text) as StoredEvent
      // A healed event may lie behind its successors; the head never goes back.
      if (own.chain.n > this.chain.n) this.chain = { n: own.chain.n, link: own.chain.link }
      this.addEvent(event, { segment, ...frame, list: 'own', at }, own.chain.n)
    })
    batch.stream?.forEach((item, at) => {
      if (item.text !== undefined && !this.events.has(item.eventId)) {
        this.addEvent(JSON.parse(item.text) as StoredEvent, { segment, ...frame, list: 'stream', at }, undefined)
      }
      const entry = this.events.get(item.eventId)
      if (entry)
        this.accept(
          entry,
          item.seq,
          item.receivedAt,
          item.findings.map((finding) => finding.code),
        )
    })
    for (const verdict of batch.verdicts ?? []) this.judge(verdict)
    for (const { from, to } of batch.rebased ?? []) {
      const entry = this.events.get(from)
      if (entry) {
        entry.rebasedTo = to
        this.refused.delete(from)
        this.touch(entry.dossierId)
      }
    }
    for (const hash of batch.scansSent ?? []) {
      this.scansSent.add(hash)
      this.unsentScans.delete(hash)
    }
    if (batch.cursor) this.cursor = batch.cursor
    if (batch.chainHead && batch.chainHead.n > this.chain.n) {
      this.chain = batch.chainHead
      this.chainKnownFrom = batch.chainHead.n
    }
    if (batch.whole) this.chainKnownFrom = this.chain.n
  }

  private forgetPlaces(): void {
    // The district's copies of scans may be gone too; asking for each is cheap.
    this.scansSent.clear()
    for (const scan of this.ownScans.values()) this.unsentScans.set(scan.sha256, scan)
    for (const entry of this.events.values()) {
      if (entry.streamSeq === undefined) continue
      entry.formerSeq = entry.streamSeq
      delete entry.streamSeq
      if (entry.chainN !== undefined) this.unsent.set(entry.eventId, entry)
      this.touch(entry.dossierId)
    }
  }

  private addEvent(event: StoredEvent, place: TextPlace, chainN: number | undefined): void {
    const own = chainN !== undefined || event.deskId === this.deskId()
    const entry: EventEntry = {
      eventId: event.id,
      dossierId: event.dossierId,
      type: event.type,
      at: event.at,
      own,
      commandId: event.commandId,
      ...(chainN === undefined ? {} : { chainN }),
      place,
      findings: [],
    }
    this.events.set(event.id, entry)
    const dossier = this.dossiers.get(event.dossierId) ?? { dossierId: event.dossierId, events: [], position: 0 }
    dossier.events.push(entry)
    this.dossiers.set(event.dossierId, dossier)
    if (chainN !== undefined) this.unsent.set(event.id, entry)
    if (own) this.rememberOwn(event)
    this.touch(event.dossierId)
  }

  private rememberOwn(event: StoredEvent): void {
    this.commands.set(event.commandId, event.id)
    if (event.at > this.lastOwnAt) this.lastOwnAt = event.at
    for (const scan of scansOf(event)) {
      this.ownScans.set(scan.sha256, scan)
      if (!this.scansSent.has(scan.sha256)) this.unsentScans.set(scan.sha256, scan)
    }
    const number = event.body.number as { on?: string; ordinal?: number } | undefined
    if (typeof number?.on === 'string' && typeof number.ordinal === 'number') {
      this.ordinals.set(number.on, Math.max(this.ordinals.get(number.on) ?? 0, number.ordinal))
    }
  }

  private judge(verdict: Verdict): void {
    const entry = this.events.get(verdict.eventId)
    if (!entry) return
    if (verdict.verdict === 'accepted') {
      this.accept(
        entry,
        verdict.seq,
        undefined,
        verdict.findings.map((finding) => finding.code),
      )
    }
    if (verdict.verdict === 'refused' && entry.streamSeq === undefined) {
      entry.refusedCode = verdict.code
      this.unsent.delete(entry.eventId)
      if (entry.rebasedTo === undefined) this.refused.set(entry.eventId, entry)
      this.touch(entry.dossierId)
    }
  }

  private accept(entry: EventEntry, seq: number, receivedAt: string | undefined, findings: readonly string[]): void {
    if (entry.streamSeq === undefined) {
      entry.streamSeq = seq
      entry.findings = findings
      delete entry.refusedCode
      this.refused.delete(entry.eventId)
      this.unsent.delete(entry.eventId)
      this.touch(entry.dossierId)
    }
    if (!receivedAt) return
    entry.acceptedAt = receivedAt
    if (receivedAt > this.lastReceivedAt) this.lastReceivedAt = receivedAt
  }

  private touch(dossierId: string): void {
    const dossier = this.dossiers.get(dossierId)
    if (!dossier || dossier.position === this.position) return
    dossier.position = this.position
    this.changes.push({ position: this.position, dossierId })
  }
}

/** The order in which a dossier's events count: accepted ones as the district ordered them, then own ones as made. */
export function orderedEvents(dossier: DossierEntry): readonly EventEntry[] {
  const accepted = dossier.events
    .filter((entry) => entry.streamSeq !== undefined)
    .sort((a, b) => (a.streamSeq ?? 0) - (b.streamSeq ?? 0))
  const pending = dossier.events
    .filter((entry) => entry.streamSeq === undefined && entry.refusedCode === undefined)
    .sort((a, b) => formerPlace(a) - formerPlace(b) || (a.chainN ?? 0) - (b.chainN ?? 0))
  return [...accepted, ...pending]
}

function formerPlace(entry: EventEntry): number {
  return entry.formerSeq ?? Number.MAX_SAFE_INTEGER
}

/** Read without the full schema: a journal of fifty thousand dossiers is indexed at every start. */
function scansOf(event: StoredEvent): readonly OwnScan[] {
  const documents = event.body.documents as readonly { readonly scans?: readonly OwnScan[] }[] | undefined
  return Array.isArray(documents) ? documents.flatMap((document) => document.scans ?? []) : []
}
