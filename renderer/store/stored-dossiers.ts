import type { Table } from 'dexie'
import type { RxChangeEventBulk, RxCollection, RxStorageChangeEvent } from 'rxdb/plugins/core'
import type { Subscription } from 'rxjs'
import type { DeskDatabase, StoredDossier, StoredSnapshot } from './collections.ts'
import type { KeyRange } from './index-filter.ts'

/** Pages keep each task short. */
const pageSize = 250

type ReadPage = (after: string) => Promise<readonly StoredDossier[]>
type StoredTable<T> = Table<T & { readonly _deleted: string }, string>

/**
 * Every stored dossier, by id, a page at a time; the next page is read while this one is worked on.
 *
 * RxDB's Dexie storage answers a query by walking a cursor, one message between processes for each document: 8 s for
 * 5,000 of them. Its table read in ranges gives the same documents in 0.2 s.
 */
export async function* storedDossiers(database: DeskDatabase): AsyncGenerator<readonly StoredDossier[]> {
  const readPage = await pageReader(database)
  let reading = readPage('')
  while (true) {
    const page = await reading
    const last = page.length < pageSize ? undefined : page.at(-1)
    if (last) {
      reading = readPage(last.id)
      // Nobody waits for it any more when the page before it turns out damaged.
      reading.catch(() => undefined)
    }
    yield page
    if (!last) return
  }
}

async function pageReader(database: DeskDatabase): Promise<ReadPage> {
  const { dossiers } = database.collections
  const table = await findTable(dossiers)
  // Dossiers are never removed, so a page holds no marks of removed ones.
  if (table) return async (after) => (await table.where(':id').above(after).limit(pageSize).toArray()).map(takeOut)
  return (after) => dossiers.find({ selector: { id: { $gt: after } }, sort: [{ id: 'asc' }], limit: pageSize }).exec()
}

/** The table below a collection, when it is kept in IndexedDB. */
async function findTable<T>({ storageInstance }: RxCollection<T>): Promise<StoredTable<T> | undefined> {
  const internals: { readonly dexieTable?: StoredTable<T> } = await storageInstance.internals
  return internals.dexieTable
}

/**
 * A copy; the original keeps no text. The browser holds on to what IndexedDB answered until V8 collects the whole heap, and texts
 * held that long would bring that collection about every few pages of the list.
 */
function takeOut<T extends { readonly sealed: string }>(found: T): T {
  const taken = { ...found }
  const emptied: { sealed: string } = found
  emptied.sealed = ''
  return taken
}

/** Parts of the saved index. */
export function snapshotsById(
  { collections: { snapshot } }: DeskDatabase,
  ids: readonly string[],
): Promise<readonly StoredSnapshot[]> {
  return documentsById(snapshot, ids)
}

/** Dossiers anywhere. */
export function dossiersById(
  { collections: { dossiers } }: DeskDatabase,
  ids: readonly string[],
): Promise<readonly StoredDossier[]> {
  return documentsById(dossiers, ids)
}

/**
 * Of collections nothing is removed from. RxDB would build its own documents around them and keep each in its memory for later
 * questions, and there are none; its storage's own reading by id takes half as long again.
 */
async function documentsById<T extends { readonly sealed: string }>(
  collection: RxCollection<T>,
  ids: readonly string[],
): Promise<readonly T[]> {
  const table = await findTable(collection)
  if (!table) return collection.storageInstance.findDocumentsById([...ids], false)
  return (await table.bulkGet([...ids])).flatMap((found) => (found ? takeOut(found) : []))
}

/** A stretch of work order: one message between processes, where reading by id takes one for each. */
export async function dossiersBetween(
  database: DeskDatabase,
  { from, to }: KeyRange,
): Promise<readonly StoredDossier[]> {
  const table = await findTable(database.collections.dossiers)
  if (table) return (await table.where('[_deleted+key+id]').between(['0', from], ['0', to]).toArray()).map(takeOut)
  return database.collections.dossiers.find({ selector: { key: { $gte: from, $lt: to } } }).exec()
}

/**
 * What is written from now on, a write at a time. RxDB's `$` and `insert$` would keep each change, with the document as it was and
 * as it is, for as long as the page lives: 20 kB for every event that a desk writes or takes in.
 */
export function onDossierChanges(
  { collections: { dossiers } }: DeskDatabase,
  listener: (events: readonly RxStorageChangeEvent<StoredDossier>[]) => void,
): Subscription {
  return dossiers.eventBulks$.subscribe(({ events }: RxChangeEventBulk<StoredDossier>) => listener(events))
}

/** What changed after a position: few documents, so RxDB's own query will do. */
export async function* dossiersAfter(
  { collections: { dossiers } }: DeskDatabase,
  position: number,
): AsyncGenerator<readonly StoredDossier[]> {
  let last = position
  while (true) {
    const page = await dossiers
      .find({ selector: { position: { $gt: last } }, sort: [{ position: 'asc' }], limit: pageSize })
      .exec()
    yield page
    if (page.length < pageSize) return
    last = page.at(-1)?.position ?? last
  }
}
