import { z } from 'zod'
import {
  commandIdSchema,
  deskIdSchema,
  dossierIdSchema,
  draftIdSchema,
  instantSchema,
  sha256Schema,
  staffIdSchema,
  textSchema,
} from '../core/schemas.ts'
import { commandSchema } from '../domain/command.ts'
import type { Refusal } from '../domain/decide.ts'
import type { DossierNumber } from '../domain/numbering.ts'
import { type Scan, scanMediaTypes } from '../domain/submitted-document.ts'
import type { Publications } from '../law/publication.ts'
import { type CourierFault, courierFileIdSchema } from '../wire/courier.ts'
import type {
  BackupStatus,
  CertificateFault,
  CourierView,
  DeskStatus,
  DraftView,
  ExchangeStatus,
  FoundBackup,
  OutboxView,
  ProjectionPage,
  RestoreReport,
  SignedInStaff,
  TimelineEntry,
} from './view.ts'

/**
 * The one table of calls between page and main.
 * ```
 * page ── desk('channel', input) ──► preload ──► handle(channel): own frame? input fits? ──► service
 * page ◄────────────── Result<output, failure> ─────────────────────────────────────────────┘
 * main ── onHint(topic) ──► page     a hint without data: "ask again"
 * ```
 * 1. Every call answers a `Result`; the page never catches.
 * 2. Input is parsed here; output is typed by the compiler and parsed in tests.
 * 3. No call carries a staff id: main knows who is signed in.
 * 4. Bytes cross in parts of 256 KiB at most; any other input stays below 1 MiB.
 */
export interface Call<I extends z.ZodType, O, E> {
  readonly input: I
  /** Types only; nothing stands here at run time. */
  readonly types?: { readonly output: O; readonly error: E }
}

function call<O, E = never>() {
  return <I extends z.ZodType>(input: I): Call<I, O, E> => ({ input })
}

export const maxPartBytes = 256 * 1024
const nothing = z.undefined()
const bytes = z.instanceof(Uint8Array).refine((part) => part.byteLength <= maxPartBytes, 'part too large')

/** A draft is typed text and names of scans; anything near this size is not. */
const maxDraftText = 1024 * 1024

function isBounded(content: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(content).length <= maxDraftText
}

export type EnrolFailure =
  | { readonly code: 'enrolment/refused'; readonly reason: string }
  | { readonly code: 'enrolment/bad-address' }
  | { readonly code: 'enrolment/already-enrolled' }
  | { readonly code: 'enrolment/not-enrolled' }
  /** Signs are missing, or too many. */
  | { readonly code: 'enrolment/incomplete-code' }
  | { readonly code: CertificateFault }
  | { readonly code: 'district/unreachable' }

export type SignInFailure =
  | { readonly code: 'session/wrong-code'; readonly triesLeft: number }
  | { readonly code: 'session/locked'; readonly until: string }
  | { readonly code: 'session/unknown-staff' }
  | { readonly code: 'session/not-enrolled' }

/** Failures of writing that the officer can do something about. */
export type StoreFailure =
  | { readonly code: 'store/full' }
  | { readonly code: 'store/read-only' }
  | { readonly code: 'store/damaged' }
export type SignedOut = { readonly code: 'session/signed-out' }
export type AttachmentFailure =
  | { readonly code: 'attachment/too-large'; readonly maxBytes: number }
  | { readonly code: 'attachment/wrong-type' }
  | { readonly code: 'attachment/empty' }
  | { readonly code: 'attachment/incomplete' }
  | { readonly code: 'attachment/not-here' }
  | { readonly code: 'attachment/damaged' }
export type PrintFailure =
  | { readonly code: 'printer/no-printer' }
  | { readonly code: 'printer/failed' }
  /** Where the PDF was to go; it may be a stick. */
  | { readonly code: 'file/no-room' }
  | { readonly code: 'file/cannot-write' }
  | { readonly code: 'file/cancelled' }
  | { readonly code: 'dossier/not-found' }

/** Why a dead PC's backup could not be opened or brought here. */
export type RestoreFailure =
  | { readonly code: 'restore/no-backup' }
  | { readonly code: 'restore/not-a-recovery-file' }
  | { readonly code: 'restore/wrong-passphrase' }
  /** The backup is sealed to another recovery key than the file's; `keyId` is the one it needs. */
  | { readonly code: 'restore/other-key'; readonly keyId: string }
  /** Copied before the unit had a recovery key. */
  | { readonly code: 'restore/no-escrow' }
  | { readonly code: 'restore/not-lent' }
  | { readonly code: 'restore/damaged' }
  | { readonly code: 'restore/other-unit' }
  | { readonly code: 'restore/own-desk' }
  /** The unsent work could not be written down here; `reason` is the courier's. */
  | { readonly code: 'restore/not-carried'; readonly reason: string }
  | { readonly code: 'district/unreachable' }
  | { readonly code: 'file/cancelled' }

/** Why a courier file was not written or not taken; nothing of it was used. */
export type CourierFailure =
  | { readonly code: CourierFault }
  /** Of this district, but of another unit. */
  | { readonly code: 'courier/other-unit' }
  /** This desk's own file: it belongs to the upper tier. */
  | { readonly code: 'courier/own-file' }
  /** A receipt for another desk. */
  | { readonly code: 'courier/other-desk' }
  | { readonly code: 'courier/nothing-unsent' }
  | { readonly code: 'courier/no-room' }
  /** What was written does not read back the same. */
  | { readonly code: 'courier/unreliable' }
  | { readonly code: 'courier/gone' }
  | { readonly code: 'file/cannot-write' }
  | { readonly code: 'file/cannot-read' }

export type CourierWritten =
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'written'; readonly name: string; readonly events: number; readonly scans: number }

export type CourierRead =
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'carrying'; readonly events: number; readonly scans: number }
  | {
      readonly outcome: 'receipt'
      readonly accepted: number
      readonly returned: number
      readonly received: number
      readonly scans: number
    }

export interface Executed {
  readonly dossierId: string
  readonly eventId: string
  readonly number?: DossierNumber
  readonly dueAt?: string
}

export const deskContract = {
  'desk.status': call<DeskStatus>()(nothing),
  'desk.enrol': call<DeskStatus, EnrolFailure | StoreFailure>()(
    z.object({ url: z.string().max(300), code: z.string().max(64), deskName: textSchema(100).min(1) }),
  ),
  /** Makes this desk known again to a district that forgot it; it keeps all it holds. */
  'desk.re-enrol': call<DeskStatus, EnrolFailure | StoreFailure | SignedOut>()(
    z.object({ url: z.string().max(300), code: z.string().max(64) }),
  ),
  'desk.confirm-clock': call<DeskStatus, SignedOut | StoreFailure>()(nothing),
  'session.staff': call<readonly SignedInStaff[]>()(nothing),
  'session.sign-in': call<DeskStatus, SignInFailure>()(z.object({ staffId: staffIdSchema, code: z.string().max(64) })),
  'session.sign-out': call<DeskStatus>()(nothing),
  'reference.get': call<Partial<Publications>>()(nothing),
  /** 32 bytes derived for the page's store; the page keeps them only as a non-extractable key. */
  'store.key': call<Uint8Array, SignedOut>()(nothing),
  /**
   * Deletes the files under the page's own store, for one so damaged that the browser itself cannot open it, and opens
   * the page anew. Not cleared: that was tried in this run of the app already.
   */
  'store.clear': call<{ readonly cleared: boolean }, SignedOut>()(nothing),
  'projection.changes': call<ProjectionPage, SignedOut>()(
    z.object({ after: z.int().min(0), limit: z.int().min(1).max(500) }),
  ),
  'drafts.list': call<readonly DraftView[], SignedOut>()(nothing),
  'drafts.save': call<{ readonly savedAt: string }, SignedOut | StoreFailure>()(
    z.object({
      draftId: draftIdSchema,
      content: z.record(z.string(), z.unknown()).refine(isBounded, 'draft too large'),
    }),
  ),
  'drafts.discard': call<null, SignedOut | StoreFailure>()(z.object({ draftId: draftIdSchema })),
  /** The only way anything changes. `draftId` is discarded once the event is durable. */
  'dossier.execute': call<Executed, Refusal | SignedOut | StoreFailure | AttachmentFailure>()(
    z.object({ commandId: commandIdSchema, command: commandSchema, draftId: draftIdSchema.optional() }),
  ),
  'dossier.timeline': call<readonly TimelineEntry[], SignedOut>()(z.object({ dossierId: dossierIdSchema })),
  'attachments.begin': call<{ readonly uploadId: string }, SignedOut | StoreFailure | AttachmentFailure>()(
    z.object({ name: textSchema(200).min(1), bytes: z.int().min(0) }),
  ),
  'attachments.part': call<null, SignedOut | StoreFailure | AttachmentFailure>()(
    z.object({ uploadId: z.string().max(64), part: bytes }),
  ),
  /** Sealed and fsynced before it answers. */
  'attachments.finish': call<Scan, SignedOut | StoreFailure | AttachmentFailure>()(
    z.object({ uploadId: z.string().max(64) }),
  ),
  'attachments.read': call<{ readonly part: Uint8Array; readonly bytes: number }, SignedOut | AttachmentFailure>()(
    z.object({ sha256: sha256Schema, offset: z.int().min(0) }),
  ),
  'attachments.open': call<null, SignedOut | AttachmentFailure>()(
    z.object({ sha256: sha256Schema, mediaType: z.enum(scanMediaTypes), name: textSchema(200) }),
  ),
  /** The printer a paper would go to now, by the name people know. */
  'printing.find-printer': call<{ readonly printer: string }, SignedOut | PrintFailure>()(nothing),
  /** Prints the paper of a dossier's reception or refusal without a dialog; a reprint is marked so. */
  'printing.print': call<{ readonly printer: string }, SignedOut | PrintFailure>()(
    z.object({ dossierId: dossierIdSchema, reprint: z.boolean() }),
  ),
  'printing.save-pdf': call<{ readonly saved: boolean }, SignedOut | PrintFailure>()(
    z.object({ dossierId: dossierIdSchema, reprint: z.boolean() }),
  ),
  /** Shows the finished page as it would leave the printer, in a window of its own. */
  'printing.preview': call<null, SignedOut | PrintFailure>()(
    z.object({ dossierId: dossierIdSchema, reprint: z.boolean() }),
  ),
  'exchange.now': call<ExchangeStatus>()(nothing),
  'exchange.outbox': call<OutboxView, SignedOut>()(z.object({ limit: z.int().min(1).max(500) })),
  /** Asks for a folder with the operating system's dialog; the page never names one. */
  'backup.choose-folder': call<BackupStatus, SignedOut | StoreFailure | { readonly code: 'file/cancelled' }>()(nothing),
  'backup.now': call<BackupStatus, SignedOut>()(nothing),
  'restore.choose-backup': call<readonly FoundBackup[], SignedOut | RestoreFailure>()(nothing),
  'restore.choose-key': call<{ readonly keyId: string }, SignedOut | RestoreFailure>()(nothing),
  /** With a passphrase the chosen key file is opened here; without one the district must have lent the key. */
  'restore.run': call<RestoreReport, SignedOut | StoreFailure | RestoreFailure>()(
    z.object({ deskId: deskIdSchema, passphrase: z.string().max(500).optional() }),
  ),
  'courier.list': call<CourierView, SignedOut>()(nothing),
  /** Asks where to, and writes everything unsent to that file. */
  'courier.write': call<CourierWritten, SignedOut | StoreFailure | CourierFailure>()(nothing),
  /** Asks which file, and takes it in, whatever it is: a receipt, or another desk's file to carry. */
  'courier.read': call<CourierRead, SignedOut | StoreFailure | CourierFailure>()(nothing),
  /** Asks where to, and writes the receipt of a carried file there. */
  'courier.save-receipt': call<{ readonly saved: boolean }, SignedOut | CourierFailure>()(
    z.object({ fileId: courierFileIdSchema }),
  ),
  /** Takes a carried file off the list, once it was answered. */
  'courier.discard': call<null, SignedOut | StoreFailure | CourierFailure>()(z.object({ fileId: courierFileIdSchema })),
  'log.report': call<null>()(
    z.object({ code: z.string().max(64), detail: z.string().max(2000), at: instantSchema.optional() }),
  ),
} as const

export type Channel = keyof typeof deskContract
export type Input<C extends Channel> = z.infer<(typeof deskContract)[C]['input']>
type TypesOf<C extends Channel> = NonNullable<(typeof deskContract)[C]['types']>
export type Output<C extends Channel> = TypesOf<C>['output']

/** Failures of the door itself; any call may answer them. */
export type IpcFailure =
  | { readonly code: 'ipc/bad-input'; readonly detail: string }
  | { readonly code: 'ipc/untrusted-sender' }
  | { readonly code: 'main/failed' }
export type Failure<C extends Channel> = TypesOf<C>['error'] | IpcFailure

/** What a hint is about; the page then asks. */
export const hintTopics = ['projection', 'drafts', 'exchange', 'reference', 'status', 'courier', 'closing'] as const
export type HintTopic = (typeof hintTopics)[number]
