import type { DossierView } from '../../shared/ipc/view.ts'
import type { DeskDatabase, StoredDossier } from './collections.ts'
import type { DeskIndex } from './desk-index.ts'
import type { DossierReader } from './dossier-reader.ts'
import { restoreIndex, saveIndex } from './index-snapshot.ts'
import { queueRuns } from './queue-runs.ts'
import type { RowReader } from './row-reader.ts'
import type { RowSheets } from './row-sheets.ts'
import { unseal } from './seal.ts'
import { dossiersAfter, onDossierChanges, storedDossiers } from './stored-dossiers.ts'

export interface DossierFeedOptions {
  readonly database: DeskDatabase
  readonly key: CryptoKey
  readonly index: DeskIndex
  readonly reader: DossierReader
  readonly sheets: RowSheets
  readonly rows: RowReader
  readonly onDamaged: () => void
}

export interface DossierFeed {
  /** Resolves when everything that was stored before is in the index. */
  readonly loaded: Promise<void>
  readonly close: () => void
}

/** Fewer changes than this are read again faster than the snapshot is written. */
const changesPerSnapshot = 200
/** A burst of changes, such as a rebuild, is saved once it is over. */
const quietMs = 3000

/** RxDB ──► index and reader: the saved index, what was stored after it, and then the change stream. */
export function feedDossiers(options: DossierFeedOptions): DossierFeed {
  const { database, key, index, reader, sheets, rows, onDamaged } = options
  let waiting: StoredDossier[] = []
  let draining = false
  let closed = false
  let unsaved = 0
  let quiet: ReturnType<typeof setTimeout> | undefined

  const save = queueRuns(() => saveIndex(database, key, index, sheets))

  /** A snapshot that could not be written only makes the next start slower. */
  function countUnsaved(changes: number): void {
    unsaved += changes
    clearTimeout(quiet)
    if (unsaved < changesPerSnapshot || closed) return
    quiet = setTimeout(() => {
      unsaved = 0
      save().catch(() => undefined)
    }, quietMs)
  }

  function open(documents: readonly StoredDossier[]): Promise<DossierView[]> {
    return Promise.all(documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)))
  }

  /** The sheets first: they ask the index where a row stood before. One not written now is written with a later save. */
  async function take(views: readonly DossierView[]): Promise<void> {
    sheets.put(views)
    index.apply(views)
    countUnsaved(views.length)
    if (sheets.isFull()) await sheets.save().catch(() => undefined)
  }

  async function drain(): Promise<void> {
    if (draining) return
    draining = true
    try {
      while (waiting.length > 0 && !closed) {
        const batch = waiting
        waiting = []
        const views = await open(batch)
        reader.remember(views)
        rows.remember(views)
        await take(views)
      }
    } catch {
      if (!closed) onDamaged()
    } finally {
      draining = false
    }
  }

  const changes = onDossierChanges(database, (events) => {
    for (const event of events) if (event.operation !== 'DELETE') waiting.push(event.documentData)
    queueMicrotask(() => void drain())
  })

  /** The change stream is listened to first, so nothing falls between the two. */
  async function load(): Promise<void> {
    const savedUpTo = await restoreIndex(database, key, index, sheets)
    const pages = savedUpTo > 0 ? dossiersAfter(database, savedUpTo) : storedDossiers(database)
    for await (const documents of pages) {
      if (closed) return
      await take(await open(documents))
    }
  }

  const loaded = load().catch(() => {
    if (!closed) onDamaged()
  })
  return {
    loaded,
    close: () => {
      closed = true
      clearTimeout(quiet)
      changes.unsubscribe()
    },
  }
}
