import { createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb/plugins/core'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { forgetCached } from './forget-cached.ts'
import type { PeerStore } from './peer.ts'
import type { PeerDossier } from './peer-documents.ts'

/** RxDB over its Dexie storage as its documentation shows it, strictly durable as the desk's own store is. */
export async function openRxdbDexie(): Promise<PeerStore> {
  const database = await createRxDatabase<{ dossiers: RxCollection<PeerDossier>; events: RxCollection<PeerEvent> }>({
    name: 'peer',
    storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
    multiInstance: false,
  })
  await database.addCollections({ dossiers: { schema: dossiers }, events: { schema: events } })
  const { collections } = database
  return {
    async fill(more, histories) {
      await collections.dossiers.bulkUpsert([...more])
      await collections.events.bulkUpsert(
        histories.map((event) => ({ id: event.id, dossierId: event.dossierId, event })),
      )
    },
    async insert(dossier) {
      await collections.dossiers.insert(dossier)
    },
    forget: () => forgetCached(collections.dossiers),
    async openFrom(dueAt, limit) {
      const selector = { open: 1 as const, dueAt: { $gte: dueAt } }
      const found = collections.dossiers.find({ selector, sort: [{ open: 'asc' }, { dueAt: 'asc' }], limit })
      return (await found.exec()).map((document) => document.toJSON() as PeerDossier)
    },
    counts: (statuses) =>
      Promise.all(statuses.map((status) => collections.dossiers.count({ selector: { status } }).exec())),
  }
}

interface PeerEvent {
  readonly id: string
  readonly dossierId: string
  readonly event: object
}

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const

const dossiers: RxJsonSchema<PeerDossier> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(64),
    status: text(20),
    open: { type: 'number', minimum: 0, maximum: 1, multipleOf: 1 },
    dueAt: text(24),
    dossier: { type: 'object' },
  },
  required: ['id', 'status', 'open', 'dueAt', 'dossier'],
  indexes: [['open', 'dueAt'], 'status'],
}

const events: RxJsonSchema<PeerEvent> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: text(64), dossierId: text(64), event: { type: 'object' } },
  required: ['id', 'dossierId', 'event'],
  indexes: ['dossierId'],
}
