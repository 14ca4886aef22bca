import type { DossierView } from '../../shared/ipc/view.ts'
import type { DeskDatabase, StoredDossier } from './collections.ts'
import type { DeskIndex } from './desk-index.ts'
import { createKept, type Kept } from './kept.ts'
import { createReadOnce } from './read-once.ts'
import { unseal } from './seal.ts'
import { dossiersBetween, dossiersById } from './stored-dossiers.ts'

/**
 * Reads whole dossiers from RxDB by id and keeps the last few hundred unsealed.
 * Fresh views arrive through `remember`, from the same change stream that feeds the index.
 */
export interface DossierReader extends Pick<Kept<DossierView>, 'peek' | 'version' | 'subscribe'> {
  /** Waits for what somebody else is reading already, too. */
  readonly load: (ids: readonly string[]) => Promise<void>
  readonly remember: (views: readonly DossierView[]) => void
}

const keptViews = 400

export interface DossierReaderOptions {
  readonly database: DeskDatabase
  readonly key: CryptoKey
  readonly index: Pick<DeskIndex, 'stretchOf'>
  readonly onDamaged: () => void
}

export function createDossierReader({ database, key, index, onDamaged }: DossierReaderOptions): DossierReader {
  const { peek, keep, version, subscribe } = createKept<DossierView>(keptViews)

  /** The rows of a list stand together in work order; what the store does not hold there is looked for by id. */
  async function read(ids: readonly string[]): Promise<readonly StoredDossier[]> {
    const stretch = index.stretchOf(ids)
    if (!stretch) return dossiersById(database, ids)
    const wanted = new Set(ids)
    const found = (await dossiersBetween(database, stretch)).filter(({ id }) => wanted.delete(id))
    return wanted.size > 0 ? [...found, ...(await dossiersById(database, [...wanted]))] : found
  }

  async function readMissing(ids: readonly string[]): Promise<void> {
    try {
      const documents = await read(ids)
      keep(await Promise.all(documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed))))
    } catch {
      if (!database.closed) onDamaged()
    }
  }

  return {
    peek,
    version,
    subscribe,
    load: createReadOnce((id) => peek(id) !== undefined, readMissing),
    // A rebuild streams everything past here; only what is on screen is worth keeping then.
    remember: (views) => keep(views.filter((view) => views.length <= 20 || peek(view.id))),
  }
}
