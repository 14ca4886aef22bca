import type { DeskId, DossierId, DraftId, EventId, StaffId } from '../core/ids.ts'
import type { Instant } from '../core/time.ts'
import type { Dossier } from '../domain/dossier.ts'
import type { NumberLane } from '../domain/numbering.ts'
import type { PublicationVersions } from '../law/publication.ts'
import type { Role } from '../law/staff.ts'
import type { Unit } from '../law/unit.ts'

/**
 * What became of the desk's own work on a record, for as long as nothing new happens: chờ gửi · huyện đã nhận · huyện trả lại.
 * A record none of whose events were made here is `accepted`. Đang gửi is a matter of the moment: `ExchangeStatus.sending`.
 */
export type ExchangeState = 'waiting' | 'accepted' | 'returned'

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

/**
 * A page of the projection: dossiers changed after a position, oldest change first.
 * A journal that was healed, or that went back in time, has another `journalId`: build the store anew. `head` < checkpoint
 * alone means the same.
 */
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
  /** Known of desks of this unit once their directory has come. */
  readonly deskName?: string
  readonly own: boolean
  readonly exchange: ExchangeState | 'sending' | 'parked'
  readonly code?: string
  /** The event by which an officer answered this returned one. */
  readonly answeredBy?: EventId
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

/**
 * The line in words (R14): never "error", always what it means for the work. `stuck`: this PC cannot take its part, however
 * good the line.
 */
export type LineState = 'unknown' | 'offline' | 'exchanging' | 'online' | 'refused' | 'untrusted' | 'stuck'

/**
 * Why the desk does not speak to the server it met: another key than the one it knows, no authority that vouches for it,
 * or dates of a certificate that do not fit the PC's clock.
 */
export type CertificateFault = 'tls/wrong-key' | 'tls/not-vouched' | 'tls/dates'

export interface ExchangeStatus {
  readonly line: LineState
  /**
   * A district refusal such as `desk/retired` when `line` is `refused`, a `CertificateFault` when it is `untrusted`, a
   * `StoreFailure` or `main/failed` when it is `stuck`.
   */
  readonly code?: string
  readonly lastSuccessAt?: Instant
  readonly nextTryAt?: Instant
  readonly unsentEvents: number
  readonly unsentScans: number
  /** Dossiers some of whose events are on the line right now. */
  readonly sending: readonly DossierId[]
  readonly progress?: { readonly done: number; readonly total: number; readonly what: 'events' | 'scans' }
}

/** What lies on USB sticks between this desk and the upper tier (`shared/wire/courier.ts`). */
export interface CourierView {
  /** Files this desk wrote, newest first. */
  readonly written: readonly {
    readonly fileId: string
    readonly writtenAt: Instant
    readonly events: number
    readonly scans: number
    readonly answeredAt?: Instant
  }[]
  /** Files of other desks this one carries (tệp mang hộ), newest first. */
  readonly carried: readonly {
    readonly fileId: string
    /** The author's number lane. */
    readonly lane: number
    readonly createdAt: Instant
    readonly events: number
    readonly scans: number
    readonly bytes: number
    readonly state: 'waiting' | 'answered' | 'refused'
    readonly code?: string
  }[]
  /** Bytes, while a file is written. */
  readonly progress?: { readonly done: number; readonly total: number }
}

export interface SignedInStaff {
  readonly id: StaffId
  readonly name: string
  readonly title: string
  readonly role: Role
}

/** `waiting`: chosen, not looked at yet since the start. `missing`: the folder is not there, or is another disk's. */
export type BackupCondition = 'none' | 'waiting' | 'done' | 'missing' | 'full' | 'read-only'

/** The automatic backup of this desk. */
export interface BackupStatus {
  readonly state: BackupCondition
  readonly folder?: string
  /** As of when the newest whole state in the folder is. */
  readonly lastAt?: Instant
  /** Older than a day. */
  readonly isStale: boolean
  /** Without the unit's recovery key (khoá phục hồi) no other PC can open a backup. */
  readonly hasRecoveryKey: boolean
}

/** One desk found in a backup folder. */
export interface FoundBackup {
  readonly deskId: DeskId
  readonly deskName: string
  readonly takenAt: Instant
  /** The recovery key it can be opened with. */
  readonly keyId?: string
}

/** What a dead PC's backup brought here. */
export interface RestoreReport {
  readonly takenAt: Instant
  /** Own events of the dead PC that the district had not confirmed to it; they are sent on from here. */
  readonly unsentEvents: number
  readonly scans: number
  readonly drafts: number
}

/** How the data key is kept: by the operating system, by a passphrase, or in the open for trials only ("chế độ thử"). */
export type VaultMode = 'os-keyring' | 'trial'

/** The clock is minutes away from the right time. */
export interface ClockDifference {
  readonly rightNow: Instant
  /** Else it was reckoned from how long the PC has been running. */
  readonly toldByDistrict: boolean
  /** No number is issued until confirmed. */
  readonly stops: boolean
}

export interface DeskStatus {
  /** The desk's corrected present moment; the page shows it and runs on from it. */
  readonly now: Instant
  readonly demoClock: boolean
  readonly enrolled: boolean
  /** Set when this PC was a desk and lost its identity file: it is not enrolled, and everything it had saved is there. */
  readonly former?: { readonly deskId: DeskId; readonly unsentEvents: number }
  readonly deskId?: DeskId
  readonly deskName?: string
  readonly unit?: Unit
  readonly upperTierLabel: string
  readonly lane?: NumberLane
  readonly laneEndsSoon: boolean
  /** The district takes nothing from this desk any more: it reads, and issues no number. */
  readonly retired: boolean
  readonly staff?: SignedInStaff
  readonly vault: VaultMode
  readonly publications: PublicationVersions
  readonly exchange: ExchangeStatus
  /** Set when the clock reads earlier than the last journal entry: no number is issued until confirmed. */
  readonly clockBehind?: { readonly lastEntryAt: Instant }
  readonly clockDiffers?: ClockDifference
  /** Set when the clock is more than two weeks past the last sign of life: no number is issued until confirmed. */
  readonly clockAhead?: { readonly lastKnownAt: Instant }
  readonly journal: JournalHealth
  readonly backup: BackupStatus
  readonly appVersion: string
}

/** What the start, or a later look at old entries, found; anything but `whole` is told to the officer in words. */
export interface JournalHealth {
  readonly state: 'whole' | 'healed' | 'damaged'
  /** Entries brought back from the mirror at start. */
  readonly healedEntries: number
  /** Bytes of a torn last write cut off at start. */
  readonly cutBytes: number
  /** False while own entries may be missing: no number is issued until the district was asked. */
  readonly whole: boolean
}
