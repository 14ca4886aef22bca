import type { PeerStore } from './peer.ts'
import type { PeerDossier } from './peer-documents.ts'

/** The largest limit IndexedDB takes. */
const maxCount = 0xffffffff

/** The browser's own store, without any library. */
export async function openRawIndexedDb(): Promise<PeerStore> {
  const database = await open()
  const strict = (stores: readonly string[]) => database.transaction(stores, 'readwrite', { durability: 'strict' })
  return {
    async fill(dossiers, events) {
      const transaction = strict(['dossiers', 'events'])
      for (const dossier of dossiers) transaction.objectStore('dossiers').put(dossier)
      for (const event of events) transaction.objectStore('events').put(event)
      await complete(transaction)
    },
    async insert(dossier) {
      const transaction = strict(['dossiers'])
      transaction.objectStore('dossiers').add(dossier)
      transaction.commit()
      await complete(transaction)
    },
    openFrom(dueAt, limit) {
      const index = database.transaction('dossiers').objectStore('dossiers').index('openDue')
      const range = IDBKeyRange.bound([1, dueAt], [1, '\uffff'])
      return answerOf<PeerDossier[]>(index.getAll(range, Math.min(limit, maxCount)))
    },
    counts(statuses) {
      const index = database.transaction('dossiers').objectStore('dossiers').index('status')
      return Promise.all(statuses.map((status) => answerOf(index.count(IDBKeyRange.only(status)))))
    },
  }
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('peer', 1)
  request.onupgradeneeded = () => {
    const dossiers = request.result.createObjectStore('dossiers', { keyPath: 'id' })
    dossiers.createIndex('openDue', ['open', 'dueAt'])
    dossiers.createIndex('status', 'status')
    request.result.createObjectStore('events', { keyPath: 'id' }).createIndex('dossierId', 'dossierId')
  }
  return answerOf(request)
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function complete(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
}
