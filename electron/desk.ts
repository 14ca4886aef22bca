import path from 'node:path'
import type { JournalHealth, VaultMode } from '../shared/ipc/view.ts'
import { type AttachmentStore, openAttachmentStore } from './attachments/attachment-store.ts'
import { createUploads, type Uploads } from './attachments/uploads.ts'
import type { Clock } from './clock.ts'
import type { DecidingDesk } from './commands/decision-context.ts'
import { type CommandHandler, createCommandHandler } from './commands/execute.ts'
import { createQueue } from './disk/queue.ts'
import { type DraftStore, openDraftStore } from './drafts/draft-store.ts'
import { type IdentityStore, openIdentityStore } from './enrolment/desk-identity.ts'
import { createExchange, type Exchange } from './exchange/exchange.ts'
import { type Journal, openJournal } from './journal/journal.ts'
import type { Log } from './log.ts'
import { openReferenceStore, type ReferenceStore } from './reference/reference-store.ts'
import { createSession, type Session } from './session/session.ts'
import { type KeyWrapping, openDataKey } from './vault/data-key.ts'
import { deriveKey } from './vault/seal.ts'

/** Everything main keeps, opened in the order it depends on each other. Knows nothing of windows. */
export interface Desk {
  readonly clock: Clock
  readonly vault: VaultMode
  readonly pageStoreKey: Uint8Array
  readonly identity: IdentityStore
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
  readonly confirmClock: () => void
  /** Begins to exchange; called at start and after enrolment. */
  readonly startExchange: () => void
  readonly close: () => Promise<void>
}

export interface DeskOptions {
  readonly folder: string
  readonly wrapping: KeyWrapping
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  readonly onExchange: () => void
  readonly onReference: () => void
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { clock, log } = options
  const at = (name: string) => path.join(options.folder, name)
  const { key, mode } = await openDataKey(at('vault'), options.wrapping)
  const identity = await openIdentityStore(at('settings'), deriveKey(key, 'settings'))
  const reference = await openReferenceStore(at('reference'), deriveKey(key, 'reference'))
  const drafts = await openDraftStore(at('drafts'), deriveKey(key, 'drafts'))
  const attachments = await openAttachmentStore(at('scans'), deriveKey(key, 'attachments'))
  const { journal, health } = await openJournal({
    folder: at('journal'),
    mirrorFolder: at('mirror'),
    key: deriveKey(key, 'journal'),
    mirrorKey: deriveKey(key, 'mirror'),
    deskId: () => identity.current()?.deskId,
    expected: identity.current() !== undefined,
  })
  log.info('desk-opened', {
    journal: health.state,
    healed: health.healedEntries,
    cutBytes: health.cutBytes,
    vault: mode,
  })
  const session = createSession(reference, clock.now)
  const turn = createQueue()
  let clockConfirmed = false
  let exchange: Exchange | undefined

  function findDeciding(): DecidingDesk | undefined {
    const current = identity.current()
    return current && { clock, identity: current, journal, reference, clockConfirmed: () => clockConfirmed }
  }

  const commands = createCommandHandler({ desk: findDeciding, session, attachments, drafts, turn })
  journal.onAppend(() => {
    if (journal.index.unsent.size > 0) exchange?.nudge()
  })

  return {
    clock,
    vault: mode,
    pageStoreKey: deriveKey(key, 'page-store'),
    identity,
    reference,
    drafts,
    attachments,
    uploads: createUploads(attachments),
    journal,
    journalHealth: health,
    session,
    commands,
    findDeciding,
    findExchange: () => exchange,
    confirmClock: () => {
      clockConfirmed = true
    },
    startExchange() {
      const desk = findDeciding()
      if (!desk || exchange) return
      exchange = createExchange({
        desk,
        attachments,
        turn,
        random: options.random,
        log,
        onChange: options.onExchange,
        onReference: options.onReference,
      })
      void exchange.now()
    },
    async close() {
      await exchange?.stop()
      await turn(async () => undefined)
      await drafts.settled()
      await journal.close()
    },
  }
}
