/** Run in the page: how many dossiers the journal has, and how many of them the page's store holds documents of. */
export const wantedDocuments = `(async () => {
  const page = await window.desk.call('projection.changes', { after: 0, limit: 1 })
  if (!page.ok) throw new Error(page.error.code)
  return page.value.changes.length + page.value.remaining
})()`

export const storedDocuments = `(async () => {
  const isStore = ({ name = '' }) => name.startsWith('rxdb-dexie-desk--') && name.endsWith('--dossiers')
  const answerOf = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const known = (await indexedDB.databases()).find(isStore)
  if (!known) return 0
  const database = await answerOf(indexedDB.open(known.name))
  const isMade = database.objectStoreNames.contains('docs')
  const count = isMade ? await answerOf(database.transaction('docs').objectStore('docs').count()) : 0
  database.close()
  return count
})()`

/** Resolves once the store holds a document for each dossier. */
export const storeIsFull = `(async () => {
  const wanted = await ${wantedDocuments}
  while ((await ${storedDocuments}) < wanted) await new Promise((resolve) => setTimeout(resolve, 5))
})()`

/** How many documents a store that is built anew still lacks. */
export const missingDocuments = `(async () => (await ${wantedDocuments}) - (await ${storedDocuments}))()`
