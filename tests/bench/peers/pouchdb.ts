import indexedDbAdapter from 'pouchdb-adapter-indexeddb'
import PouchDB from 'pouchdb-browser'
import find from 'pouchdb-find'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import type { PeerStore } from './peer.ts'
import type { PeerDossier } from './peer-documents.ts'

const byDue = 'by-due'
const byStatus = 'by-status'

/** PouchDB over its newer IndexedDB adapter, with indexes the adapter answers from. */
export async function openPouchDb(): Promise<PeerStore> {
  makeStrict()
  PouchDB.plugin(indexedDbAdapter).plugin(find)
  const dossiers = new PouchDB<PeerDossier>('dossiers', { adapter: 'indexeddb' })
  const events = new PouchDB<DossierEvent>('events', { adapter: 'indexeddb' })
  await dossiers.createIndex({ index: { fields: ['open', 'dueAt'], ddoc: byDue, name: byDue } })
  await dossiers.createIndex({ index: { fields: ['status'], ddoc: byStatus, name: byStatus } })
  return {
    async fill(more, histories) {
      await all(dossiers, more)
      await all(events, histories)
    },
    async insert(dossier) {
      await dossiers.put({ ...dossier, _id: dossier.id })
    },
    async openFrom(dueAt, limit) {
      const selector = { open: 1, dueAt: { $gte: dueAt } }
      const sort = [{ open: 'asc' }, { dueAt: 'asc' }]
      return (await dossiers.find({ selector, sort, limit, use_index: byDue })).docs
    },
    async counts(statuses) {
      const one = async (status: string) => {
        const wish = { selector: { status }, fields: ['_id'], limit: Number.MAX_SAFE_INTEGER, use_index: byStatus }
        return (await dossiers.find(wish)).docs.length
      }
      return Promise.all(statuses.map(one))
    },
  }
}

async function all<T extends { readonly id: string }>(database: PouchDB<T>, documents: readonly T[]): Promise<void> {
  const answers = await database.bulkDocs(documents.map((document) => ({ ...document, _id: document.id })))
  // Filling again after a break meets what is there already.
  const failed = answers.find(({ error, name }) => error && name !== 'conflict')
  if (failed) throw new Error(`PouchDB refused a document: ${failed.name}`)
}

/** PouchDB leaves durability to Chromium, which answers before the data is on the disk; here it has to wait as well. */
function makeStrict(): void {
  const original = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function transaction(stores, mode, options) {
    return original.call(this, stores, mode, mode === 'readwrite' ? { ...options, durability: 'strict' } : options)
  }
}
