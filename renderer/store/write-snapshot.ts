import type { DeskDatabase, StoredSnapshot } from './collections.ts'
import { seal } from './seal.ts'

export async function sealSnapshot(key: CryptoKey, id: string, value: unknown): Promise<StoredSnapshot> {
  return { id, sealed: await seal(key, 'snapshot', id, value) }
}

/** Throws when one of them was not written; the others may have been. */
export async function writeSnapshots(
  { collections: { snapshot } }: DeskDatabase,
  documents: readonly Promise<StoredSnapshot>[],
): Promise<void> {
  const { error } = await snapshot.bulkUpsert(await Promise.all(documents))
  if (error.length > 0) throw new Error(`snapshot not written: ${error[0]?.status}`)
}
