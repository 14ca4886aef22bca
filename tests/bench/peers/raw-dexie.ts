import { Dexie, type Table } from 'dexie'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import type { PeerStore } from './peer.ts'
import type { PeerDossier } from './peer-documents.ts'

/** Dexie alone, in the version RxDB brings. */
export async function openRawDexie(): Promise<PeerStore> {
  const database = new Dexie('peer', { chromeTransactionDurability: 'strict' })
  database.version(1).stores({ dossiers: 'id, [open+dueAt], status', events: 'id, dossierId' })
  await database.open()
  const dossiers: Table<PeerDossier, string> = database.table('dossiers')
  const events: Table<DossierEvent, string> = database.table('events')
  return {
    async fill(more, histories) {
      await dossiers.bulkPut(more)
      await events.bulkPut(histories)
    },
    async insert(dossier) {
      await dossiers.add(dossier)
    },
    openFrom: (dueAt, limit) =>
      dossiers.where('[open+dueAt]').between([1, dueAt], [1, Dexie.maxKey], true, true).limit(limit).toArray(),
    counts: (statuses) => Promise.all(statuses.map((status) => dossiers.where('status').equals(status).count())),
  }
}
