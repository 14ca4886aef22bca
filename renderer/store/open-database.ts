import { createRxDatabase, type RxStorage, removeRxDatabase } from 'rxdb/plugins/core'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { collectionSchemas, type DeskCollections, type DeskDatabase } from './collections.ts'

// biome-ignore lint/suspicious/noExplicitAny: RxDB names the inner types of a storage only by `any`.
export type DeskStorage = RxStorage<any, any>

export const databaseName = 'desk'

/** Dexie over IndexedDB with strict durability: Chromium's default answers before the data is on disk. */
export function deskStorage(): DeskStorage {
  return getRxStorageDexie({ chromeTransactionDurability: 'strict' })
}

/** One window owns the store, so RxDB needs no election and no channel between tabs. */
export async function openDatabase(storage: DeskStorage, name: string): Promise<DeskDatabase> {
  const database = await createRxDatabase<DeskCollections>({
    name,
    storage,
    multiInstance: false,
    eventReduce: false,
    closeDuplicates: true,
  })
  await database.addCollections(collectionSchemas)
  return database
}

/** RxDB empties tables but leaves IndexedDB databases behind, and a damaged one may not open at all: delete them too. */
export async function destroyDatabase(storage: DeskStorage, name: string): Promise<void> {
  await removeRxDatabase(name, storage, false).catch(() => undefined)
  const known = await indexedDB.databases().catch(() => [])
  const ours = known.flatMap((database) => (database.name?.startsWith(`rxdb-dexie-${name}--`) ? [database.name] : []))
  await Promise.all(ours.map(deleteIndexedDb))
}

function deleteIndexedDb(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
    request.onblocked = () => resolve()
  })
}
