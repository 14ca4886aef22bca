import type { DossierView } from '../../shared/ipc/view.ts'
import type { DeskDatabase, StoredDossier } from './collections.ts'
import type { DeskIndex } from './desk-index.ts'
import type { DossierReader } from './dossier-reader.ts'
import { unseal } from './seal.ts'

export interface DossierFeedOptions {
  readonly database: DeskDatabase
  readonly key: CryptoKey
  readonly index: DeskIndex
  readonly reader: DossierReader
  readonly onDamaged: () => void
}

export interface DossierFeed {
  /** Resolves when everything that was stored before is in the index. */
  readonly loaded: Promise<void>
  readonly close: () => void
}

/** Pages keep each task short; the change stream is listened to first, so nothing falls between the two. */
const loadPageSize = 250

/** RxDB ──► index and reader: first what is stored, then the change stream. */
export function feedDossiers({ database, key, index, reader, onDamaged }: DossierFeedOptions): DossierFeed {
  const { dossiers } = database.collections
  let waiting: StoredDossier[] = []
  let draining = false
  let closed = false

  function open(documents: readonly StoredDossier[]): Promise<DossierView[]> {
    return Promise.all(documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)))
  }

  async function drain(): Promise<void> {
    if (draining) return
    draining = true
    try {
      while (waiting.length > 0 && !closed) {
        const batch = waiting
        waiting = []
        const views = await open(batch)
        index.apply(views)
        reader.remember(views)
      }
    } catch {
      if (!closed) onDamaged()
    } finally {
      draining = false
    }
  }

  const changes = dossiers.$.subscribe((event) => {
    if (event.operation === 'DELETE') return
    waiting.push(event.documentData)
    queueMicrotask(() => void drain())
  })

  async function load(): Promise<void> {
    let last = ''
    while (!closed) {
      const documents = await dossiers
        .find({ selector: { id: { $gt: last } }, sort: [{ id: 'asc' }], limit: loadPageSize })
        .exec()
      if (documents.length === 0 || closed) return
      index.apply(await open(documents))
      last = documents.at(-1)?.id ?? last
      if (documents.length < loadPageSize) return
    }
  }

  const loaded = load().catch(() => {
    if (!closed) onDamaged()
  })
  return {
    loaded,
    close: () => {
      closed = true
      changes.unsubscribe()
    },
  }
}
