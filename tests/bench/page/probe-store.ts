import { desk } from '../../../renderer/app/desk.ts'
import type { DeskDatabase } from '../../../renderer/store/collections.ts'
import { createDeskIndex, type DeskIndex } from '../../../renderer/store/desk-index.ts'
import { feedDossiers } from '../../../renderer/store/dossier-feed.ts'
import { createDossierReader, type DossierReader } from '../../../renderer/store/dossier-reader.ts'
import type { ProcedureNames } from '../../../renderer/store/index-filter.ts'
import { databaseName, deskStorage, destroyDatabase, openDatabase } from '../../../renderer/store/open-database.ts'
import { createProjector } from '../../../renderer/store/projector.ts'
import { createRowReader, type RowReader } from '../../../renderer/store/row-reader.ts'
import { createRowSheets } from '../../../renderer/store/row-sheets.ts'
import { importStoreKey, unseal } from '../../../renderer/store/seal.ts'
import { storedDossiers } from '../../../renderer/store/stored-dossiers.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'

const ownName = 'bench'

/** The app's own store, opened a second time for reading. */
export interface ProbeStore {
  readonly index: DeskIndex
  readonly names: ProcedureNames
  /** Readers that have read nothing yet. */
  readonly newReaders: () => { readonly dossiers: DossierReader; readonly rows: RowReader }
  /** Everything that is stored; hundreds of megabytes, so read only for what needs it. */
  readonly views: () => Promise<readonly DossierView[]>
}

/** Nothing is written, so the app goes on beside it. */
export async function openAppsStore(): Promise<ProbeStore> {
  const key = await storeKey()
  const database = await openDatabase(deskStorage(), databaseName)
  const index = createDeskIndex()
  const sheets = createRowSheets({ database, key, index })
  for await (const views of pages(database, key)) index.apply(views)
  if (!(await sheets.restore())) throw new Error('the app has not saved its sheets')
  return {
    index,
    names: await procedureNames(),
    newReaders() {
      const dossiers = createDossierReader({ database, key, index, onDamaged })
      return { dossiers, rows: createRowReader(sheets, dossiers) }
    },
    async views() {
      const all: DossierView[] = []
      for await (const views of pages(database, key)) all.push(...views)
      return all
    },
  }
}

async function* pages(database: DeskDatabase, key: CryptoKey): AsyncGenerator<readonly DossierView[]> {
  for await (const documents of storedDossiers(database)) {
    yield await Promise.all(documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)))
  }
}

/** Parts put together as `desk-store.ts` does, on a database of the bench's own; done when journal and index agree. */
export async function buildOwnStore(): Promise<void> {
  const key = await storeKey()
  const database = await openDatabase(deskStorage(), ownName)
  const index = createDeskIndex()
  const reader = createDossierReader({ database, key, index, onDamaged })
  const sheets = createRowSheets({ database, key, index })
  const rows = createRowReader(sheets, reader)
  const feed = feedDossiers({ database, key, index, reader, sheets, rows, onDamaged })
  const pull = (input: { after: number; limit: number }) => desk('projection.changes', input)
  const projector = createProjector({ database, key, pull, onProgress: () => undefined, onDamaged })
  try {
    await projector.run()
    await feed.loaded
    await indexed(database, index)
  } finally {
    feed.close()
    projector.close()
    await database.close()
  }
}

export async function forgetOwnStore(): Promise<void> {
  await destroyDatabase(deskStorage(), ownName)
}

async function indexed(database: DeskDatabase, index: DeskIndex): Promise<void> {
  const stored = await database.collections.dossiers.count().exec()
  while (index.size() < stored) await new Promise((resolve) => setTimeout(resolve, 1))
}

async function storeKey(): Promise<CryptoKey> {
  const answer = await desk('store.key')
  if (!answer.ok) throw new Error('nobody is signed in')
  return importStoreKey(answer.value)
}

async function procedureNames(): Promise<ProcedureNames> {
  const answer = await desk('reference.get')
  if (!answer.ok) throw new Error('nobody is signed in')
  return new Map(answer.value.catalogue?.procedures.map((procedure) => [procedure.code, procedure.name]))
}

function onDamaged(): never {
  throw new Error('the store was found damaged')
}
