import type { DraftView } from '../../shared/ipc/view.ts'
import type { DeskDatabase } from './collections.ts'
import { seal } from './seal.ts'

/** Makes the `drafts` collection equal to what main keeps. The only writer of it. */
export async function projectDrafts(
  database: DeskDatabase,
  key: CryptoKey,
  drafts: readonly DraftView[],
): Promise<void> {
  const collection = database.collections.drafts
  const stored = new Map((await collection.find().exec()).map((document) => [document.id, document.savedAt]))
  const changed = drafts.filter((draft) => stored.get(draft.id) !== draft.savedAt)
  const kept = new Set<string>(drafts.map((draft) => draft.id))
  const gone = [...stored.keys()].filter((id) => !kept.has(id))
  if (changed.length > 0) {
    const documents = await Promise.all(
      changed.map(async (draft) => ({
        id: draft.id,
        savedAt: draft.savedAt,
        sealed: await seal(key, 'drafts', draft.id, draft),
      })),
    )
    await collection.bulkUpsert(documents)
  }
  if (gone.length > 0) {
    await collection.bulkRemove(gone)
    // A removed document keeps its fields until the storage is told to let go.
    await collection.storageInstance.cleanup(0)
  }
}
