import type { DeskId, DossierId, DraftId, EventId, StaffId } from '../core/ids.ts'
import type { Instant } from '../core/time.ts'
import type { Dossier } from '../domain/dossier.ts'
import type { NumberLane } from '../domain/numbering.ts'
import type { PublicationVersions } from '../law/publication.ts'
import type { Role } from '../law/staff.ts'
import type { Unit } from '../law/unit.ts'

/**
 * What became of the desk's own work on a record: chờ gửi · đang gửi · huyện đã nhận · huyện trả lại.
 * A record none of whose events were made here is `accepted`.
 */
export type ExchangeState = 'waiting' | 'sending' | 'accepted' | 'returned'

/** One dossier as the page stores it: the newest state, whole, so that writing it twice changes nothing. */
export interface DossierView {
  readonly id: DossierId
  /** Place of the latest journal change that touched it; grows only. */
  readonly position: number
  readonly exchange: ExchangeState
  /** Why the district returned it, by code. */
  readonly returnedCode?: string
  /** Codes of findings a leader has to look at. */
  readonly findings: readonly string[]
  readonly dossier: Dossier
}

/** A page of the projection: dossiers changed after a position, oldest change first. */
export interface ProjectionPage {
  /** One life of the journal's data: another value means "rebuild". */
  readonly journalId: string
  readonly changes: readonly DossierView[]
  /** Feed it back as `after`. */
  readonly position: number
  /** The newest position there is; equal to `position` when the page is up to date. */
  readonly head: number
  /** Dossiers still to come, for the progress bar. */
  readonly remaining: number
}

/** A draft (nháp): what was typed, as the form holds it. Its shape belongs to the page. */
export interface DraftView {
  readonly id: DraftId
  readonly savedAt: Instant
  readonly staffId: StaffId
  readonly content: DraftContent
}
export type DraftContent = Readonly<Record<string, unknown>>

/** One line of a dossier's timeline (diễn biến). */
export interface TimelineEntry {
  readonly eventId: EventId
  readonly type: string
  readonly at: Instant
  readonly effectiveAt?: Instant
  readonly staffId: StaffId
  readonly staffName?: string
  readonly deskId: DeskId
  readonly own: boolean
  readonly exchange: ExchangeState | 'parked'
  readonly code?: string
  readonly findings: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

/** One unsent thing of this desk. */
export interface OutboxEntry {
  readonly eventId: EventId
  readonly dossierId: DossierId
  readonly type: string
  readonly at: Instant
  readonly state: 'waiting' | 'sending' | 'parked' | 'returned'
  readonly code?: string
  readonly number?: string
  readonly applicantName: string
  /** Event text and scans still to go. */
  readonly bytes: number
}

export interface OutboxView {
  readonly entries: readonly OutboxEntry[]
  /** Events and scans not yet at the district, whatever the page limit of `entries`. */
  readonly unsentEvents: number
  readonly unsentScans: number
  readonly unsentBytes: number
  /** Own events the district took lately, newest first. */
  readonly lastAccepted: readonly (OutboxEntry & { readonly acceptedAt: Instant })[]
}

/** The line in words (R14): never "error", always what it means for the work. */
export type LineState = 'unknown' | 'offline' | 'exchanging' | 'online' | 'refused'

export interface ExchangeStatus {
  readonly line: LineState
  /** A district refusal such as `desk/retired`, when `line` is `refused`. */
  readonly code?: string
  readonly lastSuccessAt?: Instant
  readonly nextTryAt?: Instant
  readonly unsentEvents: number
  readonly unsentScans: number
  readonly progress?: { readonly done: number; readonly total: number; readonly what: 'events' | 'scans' }
}

export interface SignedInStaff {
  readonly id: StaffId
  readonly name: string
  readonly title: string
  readonly role: Role
}

/** How the data key is kept: by the operating system, by a passphrase, or in the open for trials only ("chế độ thử"). */
export type VaultMode = 'os-keyring' | 'trial'

export interface DeskStatus {
  /** The desk's corrected present moment; the page shows it and runs on from it. */
  readonly now: Instant
  readonly demoClock: boolean
  readonly enrolled: boolean
  readonly deskId?: DeskId
  readonly deskName?: string
  readonly unit?: Unit
  readonly upperTierLabel: string
  readonly lane?: NumberLane
  readonly laneEndsSoon: boolean
  readonly staff?: SignedInStaff
  readonly vault: VaultMode
  readonly publications: PublicationVersions
  readonly exchange: ExchangeStatus
  /** Set when the clock reads earlier than the last journal entry: no number is issued until confirmed. */
  readonly clockBehind?: { readonly lastEntryAt: Instant }
  readonly journal: JournalHealth
  readonly appVersion: string
}

/** What the start found; anything but `whole` is told to the officer in words. */
export interface JournalHealth {
  readonly state: 'whole' | 'healed' | 'damaged'
  /** Entries brought back from the mirror at start. */
  readonly healedEntries: number
  /** Bytes of a torn last write cut off at start. */
  readonly cutBytes: number
}
