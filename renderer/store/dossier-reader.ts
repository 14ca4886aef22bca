import type { DossierView } from '../../shared/ipc/view.ts'
import type { DeskDatabase, StoredDossier } from './collections.ts'
import type { DeskIndex } from './desk-index.ts'
import { unseal } from './seal.ts'
import { dossiersBetween, dossiersById } from './stored-dossiers.ts'

/**
 * Reads dossiers from RxDB by id and keeps the last few hundred unsealed: a screen shows forty at a time.
 * Fresh views arrive through `remember`, from the same change stream that feeds the index.
 */
export interface DossierReader {
  readonly peek: (id: string) => DossierView | undefined
  readonly load: (ids: readonly string[]) => Promise<void>
  readonly remember: (views: readonly DossierView[]) => void
  readonly version: () => number
  readonly subscribe: (listener: () => void) => () => void
}

const keptViews = 400

export interface DossierReaderOptions {
  readonly database: DeskDatabase
  readonly key: CryptoKey
  readonly index: Pick<DeskIndex, 'stretchOf'>
  readonly onDamaged: () => void
}

export function createDossierReader({ database, key, index, onDamaged }: DossierReaderOptions): DossierReader {
  const kept = new Map<string, DossierView>()
  const loading = new Set<string>()
  const listeners = new Set<() => void>()
  let version = 0

  function keep(view: DossierView): void {
    const known = kept.get(view.id)
    if (known && known.position > view.position) return
    kept.delete(view.id)
    kept.set(view.id, view)
    for (const oldest of kept.keys()) {
      if (kept.size <= keptViews) break
      kept.delete(oldest)
    }
  }

  function changed(): void {
    version += 1
    for (const listener of [...listeners]) listener()
  }

  /** The rows of a list stand together in work order; what the store does not hold there is looked for by id. */
  async function read(ids: readonly string[]): Promise<readonly StoredDossier[]> {
    const stretch = index.stretchOf(ids)
    if (!stretch) return dossiersById(database, ids)
    const wanted = new Set(ids)
    const found = (await dossiersBetween(database, stretch)).filter(({ id }) => wanted.delete(id))
    return wanted.size > 0 ? [...found, ...(await dossiersById(database, [...wanted]))] : found
  }

  return {
    peek: (id) => kept.get(id),
    load: async (ids) => {
      const missing = ids.filter((id) => !kept.has(id) && !loading.has(id))
      if (missing.length === 0) return
      for (const id of missing) loading.add(id)
      try {
        const documents = await read(missing)
        const views = await Promise.all(
          documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)),
        )
        for (const view of views) keep(view)
        changed()
      } catch {
        if (!database.closed) onDamaged()
      } finally {
        for (const id of missing) loading.delete(id)
      }
    },
    remember: (views) => {
      // A rebuild streams everything past here; only what is on screen is worth keeping then.
      for (const view of views) if (views.length <= 20 || kept.has(view.id)) keep(view)
      changed()
    },
    version: () => version,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
