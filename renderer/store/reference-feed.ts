import type { Publications } from '../../shared/law/publication.ts'
import type { DeskDatabase } from './collections.ts'
import { unseal } from './seal.ts'
import { referenceCell } from './use-reference.ts'

/** RxDB ──► `referenceCell`. */
export function feedReference(database: DeskDatabase, key: CryptoKey, onDamaged: () => void): () => void {
  let run = 0
  const subscription = database.collections.reference.find().$.subscribe((documents) => {
    run += 1
    const mine = run
    Promise.all(documents.map(async ({ id, sealed }) => [id, await unseal(key, 'reference', id, sealed)] as const))
      .then((entries) => {
        if (mine === run) referenceCell.set(Object.fromEntries(entries) as Partial<Publications>)
      })
      .catch(onDamaged)
  })
  return () => {
    run += 1
    subscription.unsubscribe()
    referenceCell.set({})
  }
}
