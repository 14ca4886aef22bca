import type { DraftView } from '../../shared/ipc/view.ts'
import type { DeskDatabase } from './collections.ts'
import { unseal } from './seal.ts'
import { draftsCell } from './use-drafts.ts'

/** RxDB ──► `draftsCell`: few documents, so all of them, the last saved first. */
export function feedDrafts(database: DeskDatabase, key: CryptoKey, onDamaged: () => void): () => void {
  let run = 0
  const subscription = database.collections.drafts.find().$.subscribe((documents) => {
    run += 1
    const mine = run
    Promise.all(documents.map(({ id, sealed }) => unseal<DraftView>(key, 'drafts', id, sealed)))
      .then((drafts) => {
        if (mine === run) draftsCell.set(drafts.sort((a, b) => b.savedAt.localeCompare(a.savedAt)))
      })
      .catch(onDamaged)
  })
  return () => {
    run += 1
    subscription.unsubscribe()
    draftsCell.set([])
  }
}
