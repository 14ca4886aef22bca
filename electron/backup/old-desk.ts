import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { dateOf } from '../../shared/core/time.ts'
import type { DraftView } from '../../shared/ipc/view.ts'
import { type AttachmentStore, openAttachmentStore } from '../attachments/attachment-store.ts'
import { ensureFolder } from '../disk/durable-file.ts'
import { openDraftStore } from '../drafts/draft-store.ts'
import { type DeskIdentity, openIdentityStore } from '../enrolment/desk-identity.ts'
import { type Journal, openJournal } from '../journal/journal.ts'
import { openReferenceStore, type ReferenceStore } from '../reference/reference-store.ts'
import { deriveKey } from '../vault/seal.ts'
import type { BackupPlace } from './backup-place.ts'
import type { BackupState } from './backup-state.ts'
import { extractState, wholeStates } from './read-backup.ts'

/** A dead PC's desk as its backup holds it, opened beside the present one to take from it; it never works again. */
export interface OldDesk {
  readonly state: BackupState
  readonly identity: DeskIdentity
  readonly journal: Journal
  readonly reference: ReferenceStore
  readonly drafts: readonly DraftView[]
  /** Other desks' courier files it carried and had not handed over. */
  readonly carriedFiles: readonly string[]
  readonly scans: AttachmentStore
  readonly close: () => Promise<void>
}

/**
 * ```
 * newest whole state ─► MAC right? ─► pieces into `folder` ─► identity, journal (heals itself), drafts
 *         └─ damaged: the state before it
 * ```
 */
export async function openOldDesk(
  place: BackupPlace,
  dataKey: Uint8Array,
  folder: string,
): Promise<Result<OldDesk, 'damaged'>> {
  for (const { state, isProven } of await wholeStates(place)) {
    if (!isProven(dataKey)) continue
    await rm(folder, { recursive: true, force: true })
    await ensureFolder(folder)
    if (await extractState(place, state.files, folder)) return ok(await openParts(place, state, dataKey, folder))
  }
  return err('damaged')
}

async function openParts(
  place: BackupPlace,
  state: BackupState,
  dataKey: Uint8Array,
  folder: string,
): Promise<OldDesk> {
  const at = (name: string) => path.join(folder, name)
  const places = { settings: at('settings'), vault: at('vault') }
  const identity = (await openIdentityStore(places, deriveKey(dataKey, 'settings'))).current()
  if (!identity) throw new Error('a proven backup without an identity')
  const { journal } = await openJournal({
    folder: at('journal'),
    mirrorFolder: at('mirror'),
    key: deriveKey(dataKey, 'journal'),
    mirrorKey: deriveKey(dataKey, 'mirror'),
    deskId: () => identity.deskId,
    // It gives no number any more.
    expected: () => ({ today: dateOf(state.takenAt), numbersAtMost: 0 }),
  })
  const drafts = await openDraftStore(at('drafts'), deriveKey(dataKey, 'drafts'))
  return {
    state,
    identity,
    journal,
    reference: await openReferenceStore(at('reference'), deriveKey(dataKey, 'reference')),
    // Copied before the journal, a draft may have become a dossier in between: it bears that command's id.
    drafts: drafts.list().filter(({ content: { commandId } }) => {
      return typeof commandId !== 'string' || journal.index.commands.get(commandId) === undefined
    }),
    carriedFiles: await waitingFiles(at('couriers')),
    scans: await openAttachmentStore(place.scans, deriveKey(dataKey, 'attachments')),
    async close() {
      await journal.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function waitingFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => [])
  const waiting = names.filter(
    (name) => name.endsWith('.courier') && !names.includes(`${path.parse(name).name}.receipt`),
  )
  return waiting.map((name) => path.join(folder, name))
}
