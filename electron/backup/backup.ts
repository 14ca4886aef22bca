import { randomBytes } from 'node:crypto'
import { access } from 'node:fs/promises'
import type { Instant } from '../../shared/core/time.ts'
import { unixMsOf } from '../../shared/core/time.ts'
import type { BackupCondition, BackupStatus } from '../../shared/ipc/view.ts'
import type { Clock } from '../clock.ts'
import { ensureFolder, findFile, hasCode, writeDurably } from '../disk/durable-file.ts'
import type { IdentityStore } from '../enrolment/desk-identity.ts'
import type { Log } from '../log.ts'
import type { EscrowStore } from '../vault/escrow-store.ts'
import { type BackupPlace, backupPlaceOf } from './backup-place.ts'
import type { BackupSettingsStore } from './backup-settings.ts'
import { type BackupWriter, openBackupWriter } from './write-backup.ts'

/** After a change, to gather a burst of them; and the least rest between two copies. */
const gatherMs = 3_000
/** Without a change the place is looked at this often: a stick comes back, a share is there again. */
const lookMs = 60_000
const staleAfterMs = 24 * 3_600_000

/** The automatic backup into a folder the officer chose (`backup-place.ts`). */
export interface Backup {
  readonly status: () => BackupStatus
  /** Makes a folder the desk's backup place and copies at once; throws when this PC's own disk does not keep the choice. */
  readonly choose: (folder: string) => Promise<BackupStatus>
  /** Copies now; resolves when done, with what came of it. */
  readonly now: () => Promise<BackupStatus>
  /** Something changed; it is copied soon. */
  readonly nudge: () => void
  /** To be called when nothing is written any more; copies what changed last. */
  readonly stop: () => Promise<void>
}

export interface BackupDeps {
  readonly folder: string
  readonly dataKey: Uint8Array
  readonly settings: BackupSettingsStore
  readonly identity: IdentityStore
  readonly escrow: EscrowStore
  readonly clock: Clock
  readonly log: Log
  readonly onChange: () => void
}

/**
 * ```
 * change ─► gather ─┐
 * timer, button ────┴─► marker there? ─ no ─► "missing", look again
 *                            └─ yes ─► copy a whole state ─► "sao lưu lúc …"
 * ```
 * 1. One copy at a time; a wish during one makes another follow.
 * 2. Whatever goes wrong is a condition shown to the officer; it never stops or slows the work at the desk.
 */
export function createBackup(deps: BackupDeps): Backup {
  const { settings, clock, log } = deps
  let condition: BackupCondition = settings.current() ? 'waiting' : 'none'
  let lastAt: Instant | undefined = settings.current()?.lastAt
  let open: { readonly root: string; readonly writer: BackupWriter } | undefined
  let running: Promise<void> | undefined
  let again = false
  let isChanged = false
  let isSoon = false
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  function schedule(ms: number): void {
    if (stopped || !settings.current()) return
    clearTimeout(timer)
    timer = setTimeout(() => void run(), ms)
    timer.unref()
  }

  function run(): Promise<void> {
    if (running) {
      again = true
      return running
    }
    running = copyAll().finally(() => {
      running = undefined
    })
    return running
  }

  async function copyAll(): Promise<void> {
    do {
      again = false
      isChanged = false
      isSoon = false
      const before = condition
      condition = await copyOnce().catch((cause: unknown) => {
        open = undefined
        log.error('backup', cause)
        return conditionOf(cause)
      })
      if (condition !== before || condition === 'done') deps.onChange()
    } while (again && !stopped && condition === 'done')
    schedule(isChanged ? gatherMs : lookMs)
  }

  async function copyOnce(): Promise<BackupCondition> {
    const chosen = settings.current()
    const identity = deps.identity.current()
    if (!chosen) return 'none'
    if (!identity) return 'waiting'
    const place = backupPlaceOf(chosen.folder, identity.deskId)
    if ((await placeIdAt(place)) !== chosen.placeId) {
      open = undefined
      return 'missing'
    }
    const takenAt = clock.instant()
    if (open?.root !== place.root) open = { root: place.root, writer: await openWriter(place) }
    const { isNew } = await open.writer.copy()
    lastAt = takenAt
    // Only a new state is worth a write: after a restart an unchanged one is looked at again anyway.
    // The copy is made all the same when this PC's own disk does not take the note.
    if (isNew)
      await settings.save({ ...chosen, lastAt: takenAt }).catch((cause: unknown) => log.error('backup-note', cause))
    return 'done'
  }

  function openWriter(place: BackupPlace): Promise<BackupWriter> {
    const identity = deps.identity.current()
    if (!identity) throw new Error('a backup is asked for before this PC is a desk')
    const { folder, dataKey } = deps
    return openBackupWriter(place, { folder, dataKey, identity, escrow: deps.escrow.copy, now: clock.instant })
  }

  function status(): BackupStatus {
    const chosen = settings.current()
    const behindMs = lastAt === undefined ? Number.POSITIVE_INFINITY : clock.now() - unixMsOf(lastAt)
    return {
      state: condition,
      ...(chosen ? { folder: chosen.folder } : {}),
      ...(lastAt ? { lastAt } : {}),
      isStale: chosen !== undefined && condition !== 'waiting' && behindMs > staleAfterMs,
      hasRecoveryKey: deps.escrow.copy() !== undefined,
    }
  }

  schedule(gatherMs)
  return {
    status,
    async choose(folder) {
      const identity = deps.identity.current()
      if (!identity) return status()
      await running
      const placeId = await preparePlace(folder, identity.deskId).catch((cause: unknown) => {
        log.error('backup-choose', cause)
        condition = conditionOf(cause)
      })
      if (placeId) {
        await settings.save({ folder, placeId })
        lastAt = undefined
        await run()
      }
      deps.onChange()
      return status()
    },
    async now() {
      await run()
      return status()
    },
    nudge: () => {
      isChanged = true
      // Put off by each change, it would wait as long as somebody works without a pause.
      if (running || isSoon) return
      isSoon = true
      schedule(gatherMs)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
      // Tonight this PC may die: the last seconds of work belong into the folder too.
      if (isChanged) await run()
    },
  }
}

async function preparePlace(folder: string, deskId: string): Promise<string> {
  await access(folder)
  const place = backupPlaceOf(folder, deskId)
  await ensureFolder(place.root)
  return (await placeIdAt(place)) ?? (await markPlace(place))
}

async function placeIdAt(place: BackupPlace): Promise<string | undefined> {
  const bytes = await findFile(place.marker)
  try {
    const { placeId } = JSON.parse(bytes?.toString('utf8') ?? '{}') as { placeId?: unknown }
    return typeof placeId === 'string' ? placeId : undefined
  } catch {
    return undefined
  }
}

async function markPlace(place: BackupPlace): Promise<string> {
  const placeId = randomBytes(8).toString('hex')
  await writeDurably(place.marker, Buffer.from(JSON.stringify({ placeId })))
  return placeId
}

function conditionOf(cause: unknown): BackupCondition {
  if (hasCode(cause, 'ENOSPC', 'EDQUOT', 'EFBIG')) return 'full'
  if (hasCode(cause, 'EROFS', 'EACCES', 'EPERM')) return 'read-only'
  return 'missing'
}
