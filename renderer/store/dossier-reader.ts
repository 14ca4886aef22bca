import type { DossierView } from '../../shared/ipc/view.ts'
import type { DeskDatabase } from './collections.ts'
import { unseal } from './seal.ts'

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

export function createDossierReader(database: DeskDatabase, key: CryptoKey, onDamaged: () => void): DossierReader {
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

  return {
    peek: (id) => kept.get(id),
    load: async (ids) => {
      const missing = ids.filter((id) => !kept.has(id) && !loading.has(id))
      if (missing.length === 0) return
      for (const id of missing) loading.add(id)
      try {
        const documents = await database.collections.dossiers.findByIds(missing).exec()
        const views = await Promise.all(
          [...documents.values()].map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)),
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
