import { desk, onHint } from '../app/desk.ts'
import type { DeskDatabase } from './collections.ts'
import { createDeskIndex, type DeskIndex } from './desk-index.ts'
import { feedDossiers } from './dossier-feed.ts'
import { createDossierReader, type DossierReader } from './dossier-reader.ts'
import { feedDrafts } from './draft-feed.ts'
import { projectDrafts } from './draft-projector.ts'
import { type DeskStorage, openDatabase } from './open-database.ts'
import { createProjector, type ProjectionProgress } from './projector.ts'
import { queueRuns } from './queue-runs.ts'
import { feedReference } from './reference-feed.ts'
import { projectReference } from './reference-projector.ts'
import { createRowReader, type RowReader } from './row-reader.ts'
import { createRowSheets } from './row-sheets.ts'
import { createViewWrites } from './view-writes.ts'

/** The open store of a signed-in desk: what screens read. */
export interface DeskStore {
  readonly database: DeskDatabase
  readonly index: DeskIndex
  readonly reader: DossierReader
  readonly rows: RowReader
  /** Resolves when what was stored before is in the index. */
  readonly loaded: Promise<void>
  readonly close: () => Promise<void>
}

export interface DeskStoreOptions {
  readonly storage: DeskStorage
  readonly name: string
  readonly key: CryptoKey
  readonly onProgress: (progress: ProjectionProgress) => void
  /** The store could not be written and lags behind the journal; `false` when it has caught up. */
  readonly onBehind: (isBehind: boolean) => void
  /** The store cannot be trusted; the owner destroys it and opens a new one. Called once at most. */
  readonly onDamaged: () => void
}

/**
 * ```
 * main ──hint──► projectors ──► RxDB ──change streams──► index · reader · cells ──► screens
 * ```
 * Screens never wait for a projector: whatever is stored already is read first and shown at once.
 */
export async function openDeskStore(options: DeskStoreOptions): Promise<DeskStore> {
  const { key } = options
  const database = await openDatabase(options.storage, options.name)
  const onDamaged = once(options.onDamaged)
  const index = createDeskIndex()
  const reader = createDossierReader({ database, key, index, onDamaged })
  const sheets = createRowSheets({ database, key, index })
  const rows = createRowReader(sheets, reader)
  const feed = feedDossiers({ database, key, index, reader, sheets, rows, onDamaged })
  const projector = createProjector({
    database,
    key,
    pull: (input) => desk('projection.changes', input),
    onProgress: options.onProgress,
    onDamaged,
  })
  const pullDrafts = queueRuns(async () => {
    const reply = await desk('drafts.list')
    if (reply.ok && !database.closed) await projectDrafts(database, key, reply.value)
  })
  const pullReference = queueRuns(async () => {
    const reply = await desk('reference.get')
    if (reply.ok && !database.closed) await projectReference(database, key, reply.value)
  })
  const writes = createViewWrites({ onBehind: options.onBehind, onFailed: reportWriteFailure })
  const stops = [
    feedDrafts(database, key, onDamaged),
    feedReference(database, key, onDamaged),
    onHint(['projection'], () => writes.start(projector.run)),
    onHint(['drafts'], () => writes.start(pullDrafts)),
    onHint(['reference'], () => writes.start(pullReference)),
    writes.close,
    feed.close,
    projector.close,
  ]
  // Asked beside it, they would hold up the reading of what is there by a third of a second.
  void feed.loaded.then(() => {
    if (database.closed) return
    for (const write of [projector.run, pullDrafts, pullReference]) writes.start(write)
  })
  return {
    database,
    index,
    reader,
    rows,
    loaded: feed.loaded,
    close: async () => {
      for (const stop of stops) stop()
      await database.close()
    },
  }
}

/** The journal is safe in any case; what was not written comes with a later run. */
function reportWriteFailure(cause: unknown): void {
  const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  void desk('log.report', { code: 'store/write-failed', detail: detail.slice(0, 2000) })
}

function once(run: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    run()
  }
}
