import { err, ok, type Result } from '../../shared/core/result.ts'
import type { RestoreFailure } from '../../shared/ipc/contract.ts'
import type { FoundBackup, RestoreReport } from '../../shared/ipc/view.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { Clock } from '../clock.ts'
import { createQueue } from '../disk/queue.ts'
import type { DraftStore } from '../drafts/draft-store.ts'
import type { DeskIdentity } from '../enrolment/desk-identity.ts'
import { createDistrictClient } from '../exchange/district-client.ts'
import type { Log } from '../log.ts'
import { fetchLentKey, openEscrow } from '../vault/open-escrow.ts'
import { type OpenedRecoveryKey, openRecoveryFile } from '../vault/recovery-file.ts'
import type { BackupPlace } from './backup-place.ts'
import type { BackupState } from './backup-state.ts'
import { type OldDesk, openOldDesk } from './old-desk.ts'
import { findPlaces, wholeStates } from './read-backup.ts'

/**
 * A dead PC's work, brought to the desk that took its place:
 * ```
 * backup folder ─► newest whole state ─► data key: escrow + recovery file, or lent by the district
 *      ├─ drafts and the scans they name ──────────────────────────► this desk's drafts
 *      └─ own events the district had not confirmed, and scans ────► a courier file in the dead desk's own name ─► district
 * everything else comes from the district by the usual exchange
 * ```
 * 1. The dead desk's identity is never used for anything but signing what it had done: this desk keeps its own id, key
 *    and number lane, so no printed number is given twice.
 * 2. Doing it again changes nothing: events are known by id, drafts by id, scans by hash.
 */
export interface Restore {
  /** The desks in a folder; the folder is remembered for `run`. */
  readonly look: (folder: string) => Promise<Result<readonly FoundBackup[], RestoreFailure>>
  readonly run: (
    deskId: string,
    key: { readonly file: string; readonly passphrase: string } | 'lent',
  ) => Promise<Result<RestoreReport, RestoreFailure>>
}

export interface RestoreDeps {
  /** A folder of this desk's own for the time of a restore. */
  readonly folder: string
  readonly identity: () => DeskIdentity | undefined
  readonly drafts: DraftStore
  readonly attachments: AttachmentStore
  readonly clock: Clock
  readonly log: Log
  /** Takes over the dead desk's unsent work; durable here, or at the district, when it resolves. */
  readonly carry: (old: OldDesk) => Promise<Result<null, RestoreFailure>>
}

interface Found {
  readonly place: BackupPlace
  readonly state: BackupState
}

export function createRestore(deps: RestoreDeps): Restore {
  const found = new Map<string, Found>()
  // Two at once would share the folder the old desk is opened in.
  const inTurn = createQueue()

  async function look(folder: string): Promise<Result<readonly FoundBackup[], RestoreFailure>> {
    found.clear()
    for (const place of await findPlaces(folder)) {
      const [newest] = await wholeStates(place)
      if (newest) found.set(newest.state.deskId, { place, state: newest.state })
    }
    const list = [...found.values()].map(({ state: { deskId, deskName, takenAt, escrow } }): FoundBackup => {
      return { deskId, deskName, takenAt, ...(escrow ? { keyId: escrow.keyId } : {}) }
    })
    return list.length > 0 ? ok(list) : err({ code: 'restore/no-backup' })
  }

  async function run(
    deskId: string,
    key: { readonly file: string; readonly passphrase: string } | 'lent',
  ): Promise<Result<RestoreReport, RestoreFailure>> {
    const identity = deps.identity()
    const backup = found.get(deskId)
    if (!identity || !backup) return err({ code: 'restore/no-backup' })
    if (deskId === identity.deskId) return err({ code: 'restore/own-desk' })
    if (backup.state.unitId !== identity.unit.id) return err({ code: 'restore/other-unit' })
    const dataKey = await findDataKey(identity, backup.state, key)
    if (!dataKey.ok) return dataKey
    const old = await openOldDesk(backup.place, dataKey.value, deps.folder)
    if (!old.ok) return err({ code: 'restore/damaged' })
    try {
      return await bringOver(old.value)
    } finally {
      await old.value.close()
    }
  }

  async function findDataKey(
    identity: DeskIdentity,
    { deskId, escrow }: BackupState,
    key: { readonly file: string; readonly passphrase: string } | 'lent',
  ): Promise<Result<Buffer, RestoreFailure>> {
    if (key === 'lent') return fetchLentKey(createDistrictClient(identity, deps.clock), identity, deskId)
    if (!escrow) return err({ code: 'restore/no-escrow' })
    const opened = await openRecoveryFile(key.file, key.passphrase)
    if (!opened.ok) return opened
    return openCopy(escrow, opened.value)
  }

  async function bringOver(old: OldDesk): Promise<Result<RestoreReport, RestoreFailure>> {
    const { index } = old.journal
    const unsentEvents = index.unsent.size
    const scans = await copyScans(old)
    const drafts = await copyDrafts(old)
    const carried = await deps.carry(old)
    deps.log.info('restore', { ok: carried.ok, unsentEvents, scans, drafts })
    return carried.ok ? ok({ takenAt: old.state.takenAt, unsentEvents, scans, drafts }) : carried
  }

  /** Scans that drafts name; those of events travel with the events. */
  async function copyScans(old: OldDesk): Promise<number> {
    let copied = 0
    for (const sha256 of new Set(old.drafts.flatMap(({ content }) => hashesIn(content)))) {
      const bytes = await old.scans.find(sha256)
      if (!bytes || bytes === 'damaged') continue
      await deps.attachments.put(bytes)
      copied += 1
    }
    return copied
  }

  async function copyDrafts(old: OldDesk): Promise<number> {
    const known = new Set(deps.drafts.list().map(({ id }) => id))
    const missing = old.drafts.filter(({ id }) => !known.has(id))
    for (const draft of missing) await deps.drafts.save(draft)
    return missing.length
  }

  return { look: (folder) => inTurn(() => look(folder)), run: (deskId, key) => inTurn(() => run(deskId, key)) }
}

async function openCopy(
  escrow: NonNullable<BackupState['escrow']>,
  key: OpenedRecoveryKey,
): Promise<Result<Buffer, RestoreFailure>> {
  if (key.keyId !== escrow.keyId) return err({ code: 'restore/other-key', keyId: escrow.keyId })
  const dataKey = await openEscrow(escrow, key)
  return dataKey ? ok(dataKey) : err({ code: 'restore/damaged' })
}

/** A draft's shape belongs to the page; whatever in it looks like the name of a scan is looked for. */
function hashesIn(content: unknown): readonly string[] {
  return JSON.stringify(content).match(/\b[0-9a-f]{64}\b/g) ?? []
}
