import path from 'node:path'
import { err } from '../shared/core/result.ts'
import { dateOf } from '../shared/core/time.ts'
import type { JournalHealth, VaultMode } from '../shared/ipc/view.ts'
import { type AttachmentStore, openAttachmentStore } from './attachments/attachment-store.ts'
import { createUploads, type Uploads } from './attachments/uploads.ts'
import { type Backup, createBackup } from './backup/backup.ts'
import { openBackupSettings } from './backup/backup-settings.ts'
import { carryOldWork } from './backup/carry-old-work.ts'
import { createRestore, type Restore } from './backup/restore.ts'
import type { Clock } from './clock.ts'
import { type ClockTrust, openClockTrust } from './commands/clock-trust.ts'
import type { DecidingDesk } from './commands/decision-context.ts'
import { type CommandHandler, createCommandHandler } from './commands/execute.ts'
import { type Courier, createCourier } from './courier/courier.ts'
import { openCourierStore } from './courier/courier-store.ts'
import { createQueue } from './disk/queue.ts'
import { type DraftStore, openDraftStore } from './drafts/draft-store.ts'
import { type IdentityStore, openIdentityStore } from './enrolment/desk-identity.ts'
import { type FormerDesk, findFormer } from './enrolment/find-former.ts'
import { createExchange, type Exchange } from './exchange/exchange.ts'
import { openLastSuccess } from './exchange/last-success.ts'
import { type LinePace, linePace } from './exchange/line-pace.ts'
import { type Journal, openJournal } from './journal/journal.ts'
import { keepWhole } from './journal/keep-whole.ts'
import type { ExpectedWork } from './journal/open-files.ts'
import type { Log } from './log.ts'
import { openReferenceStore, type ReferenceStore } from './reference/reference-store.ts'
import { createSession, type Session } from './session/session.ts'
import { type KeyWrapping, openDataKey } from './vault/data-key.ts'
import { openEscrowStore } from './vault/escrow-store.ts'
import { createEscrowKeeper } from './vault/keep-escrow.ts'
import { deriveKey } from './vault/seal.ts'

/** Everything main keeps, opened in the order it depends on each other. Knows nothing of windows. */
export interface Desk {
  readonly clock: Clock
  readonly vault: VaultMode
  readonly pageStoreKey: Uint8Array
  readonly identity: IdentityStore
  /** The desk this PC was, where it has no identity any more. */
  readonly findFormer: () => FormerDesk | undefined
  readonly reference: ReferenceStore
  readonly drafts: DraftStore
  readonly attachments: AttachmentStore
  readonly uploads: Uploads
  readonly journal: Journal
  readonly journalHealth: JournalHealth
  readonly session: Session
  readonly commands: CommandHandler
  readonly findDeciding: () => DecidingDesk | undefined
  readonly findExchange: () => Exchange | undefined
  readonly clockTrust: ClockTrust
  readonly backup: Backup
  readonly restore: Restore
  readonly courier: Courier
  /** Begins to exchange; called at start and after enrolment. */
  readonly startExchange: () => void
  /** The exchange rests while `work` runs, and begins anew with what came of it. */
  readonly atRest: <T>(work: () => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

export interface DeskOptions {
  readonly folder: string
  /** Outside `folder` and whatever may be copied back together with it (`journal/witness.ts`). */
  readonly witnessFile: string
  readonly wrapping: KeyWrapping
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  /** How soon the desk gives up on its line, where a test cannot wait as long as an officer. */
  readonly pace?: LinePace
  readonly onExchange: () => void
  readonly onBackup: () => void
  readonly onCourier: () => void
  readonly onReference: () => void
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { clock, log } = options
  const at = (name: string) => path.join(options.folder, name)
  const { key, mode } = await openDataKey(at('vault'), options.wrapping, at('journal'))
  const identity = await openIdentityStore({ settings: at('settings'), vault: at('vault') }, deriveKey(key, 'settings'))
  const reference = await openReferenceStore(at('reference'), deriveKey(key, 'reference'))
  const drafts = await openDraftStore(at('drafts'), deriveKey(key, 'drafts'))
  const attachments = await openAttachmentStore(at('scans'), deriveKey(key, 'attachments'))
  const { journal, health } = await openJournal({
    folder: at('journal'),
    mirrorFolder: at('mirror'),
    key: deriveKey(key, 'journal'),
    mirrorKey: deriveKey(key, 'mirror'),
    deskId: () => identity.current()?.deskId,
    witnessFile: options.witnessFile,
    expected: () => expectedOf(identity, clock),
  })
  log.info('desk-opened', {
    journal: health.state,
    healed: health.healedEntries,
    cutBytes: health.cutBytes,
    vault: mode,
  })
  const former = identity.current() ? undefined : await findFormer(journal)
  const session = createSession(reference, clock.now)
  const turn = createQueue()
  const restInTurn = createQueue()
  const lastSuccess = await openLastSuccess(at('vault'), deriveKey(key, 'settings'), journal.index.lastReceivedAt)
  const clockTrust = await openClockTrust(at('settings'), deriveKey(key, 'settings'), clock, {
    lastOwnAt: () => journal.index.lastOwnAt,
    lastContactAt: () => lastSuccess.at() ?? '',
  })
  let exchange: Exchange | undefined
  const escrow = await openEscrowStore(at('vault'), key)
  const escrowKeeper = createEscrowKeeper({
    escrow,
    identity,
    reference,
    epoch: () => journal.index.cursor.epoch,
    clock,
    log,
  })
  const backup = createBackup({
    folder: options.folder,
    dataKey: key,
    settings: await openBackupSettings(at('vault'), deriveKey(key, 'settings')),
    identity,
    escrow,
    clock,
    log,
    onChange: options.onBackup,
  })

  function findDeciding(): DecidingDesk | undefined {
    const current = identity.current()
    return current && { clock, identity: current, journal, reference, clockTrust }
  }

  const commands = createCommandHandler({ desk: findDeciding, session, attachments, drafts, turn })
  journal.onAppend(() => {
    if (journal.index.unsent.size > 0) exchange?.nudge()
  })
  keepWhole(journal, { turn, log, onHealed: () => void exchange?.now() })

  const courier = createCourier({
    store: await openCourierStore(at('couriers'), deriveKey(key, 'settings')),
    desk: findDeciding,
    attachments,
    turn,
    atRest,
    log,
    onChange: options.onCourier,
  })

  /** The exchange rests while `work` runs, one after the other, and begins anew with what came of it. */
  function atRest<T>(work: () => Promise<T>): Promise<T> {
    return restInTurn(async () => {
      await exchange?.stop()
      exchange = undefined
      return work().finally(startExchange)
    })
  }

  function startExchange(): void {
    const desk = findDeciding()
    if (!desk || exchange) return
    exchange = createExchange({
      desk,
      identity,
      attachments,
      lastSuccess,
      pace: options.pace ?? linePace(),
      turn,
      random: options.random,
      log,
      onChange: () => {
        options.onExchange()
        const isOnline = exchange?.status().line === 'online'
        void escrowKeeper.check(isOnline)
        if (isOnline) void courier.forward()
      },
      onReference: options.onReference,
    })
    void exchange.now()
  }

  const restore = createRestore({
    folder: at('restoring'),
    identity: identity.current,
    drafts,
    attachments,
    clock,
    log,
    async carry(old) {
      const desk = findDeciding()
      return desk ? carryOldWork(old, desk, courier, options.folder) : err({ code: 'restore/no-backup' })
    },
  })
  journal.onAppend(backup.nudge)
  drafts.onChange(backup.nudge)

  return {
    clock,
    vault: mode,
    pageStoreKey: deriveKey(key, 'page-store'),
    identity,
    findFormer: () => (identity.current() ? undefined : former),
    reference,
    drafts,
    attachments,
    uploads: createUploads(attachments),
    journal,
    get journalHealth() {
      return journal.health()
    },
    session,
    commands,
    findDeciding,
    findExchange: () => exchange,
    clockTrust,
    backup,
    restore,
    courier,
    startExchange,
    atRest,
    async close() {
      // First: taking in a receipt ends with the exchange beginning again.
      await courier.stop()
      await exchange?.stop()
      await turn(async () => undefined)
      await drafts.settled()
      await journal.close()
      await backup.stop()
    },
  }
}

function expectedOf(identity: IdentityStore, clock: Clock): ExpectedWork | undefined {
  const { lane } = identity.current() ?? {}
  return lane && { today: dateOf(clock.instant()), numbersAtMost: Math.ceil((lane.last - lane.first + 1) / 2) }
}
