import { desk } from '../../../renderer/app/desk.ts'
import type { DeskDatabase } from '../../../renderer/store/collections.ts'
import { createDeskIndex, type DeskIndex } from '../../../renderer/store/desk-index.ts'
import { feedDossiers } from '../../../renderer/store/dossier-feed.ts'
import { createDossierReader, type DossierReader } from '../../../renderer/store/dossier-reader.ts'
import type { ProcedureNames } from '../../../renderer/store/index-filter.ts'
import { deskStorage, destroyDatabase, openDatabase } from '../../../renderer/store/open-database.ts'
import { createProjector } from '../../../renderer/store/projector.ts'
import { importStoreKey } from '../../../renderer/store/seal.ts'

const name = 'bench'

/** The parts of the desk's store put together as `desk-store.ts` does, on a database of the bench's own. */
export interface ProbeStore {
  readonly database: DeskDatabase
  readonly key: CryptoKey
  readonly index: DeskIndex
  readonly names: ProcedureNames
  readonly newReader: () => DossierReader
  readonly close: () => Promise<void>
}

export async function forgetStore(): Promise<void> {
  await destroyDatabase(deskStorage(), name)
}

/** Opens the store and waits until journal, RxDB and index say the same. */
export async function openStore(): Promise<ProbeStore> {
  const answer = await desk('store.key')
  const reference = await desk('reference.get')
  if (!answer.ok || !reference.ok) throw new Error('nobody is signed in')
  const key = await importStoreKey(answer.value)
  const database = await openDatabase(deskStorage(), name)
  const onDamaged = () => {
    throw new Error('the store was found damaged')
  }
  const newReader = () => createDossierReader(database, key, onDamaged)
  const index = createDeskIndex()
  const reader = newReader()
  const feed = feedDossiers({ database, key, index, reader, onDamaged })
  const projector = createProjector({
    database,
    key,
    pull: (input) => desk('projection.changes', input),
    onProgress: () => undefined,
    onDamaged,
  })
  await projector.run()
  await feed.loaded
  const stored = await database.collections.dossiers.count().exec()
  while (index.size() < stored) await new Promise((resolve) => setTimeout(resolve, 1))
  return {
    database,
    key,
    index,
    names: new Map(reference.value.catalogue?.procedures.map((procedure) => [procedure.code, procedure.name])),
    newReader,
    close: async () => {
      feed.close()
      projector.close()
      await database.close()
    },
  }
}
