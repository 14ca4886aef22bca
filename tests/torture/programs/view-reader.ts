import { desk } from '../../../renderer/app/desk.ts'
import { importStoreKey, type SealedPlace, unseal } from '../../../renderer/store/seal.ts'
import type { DossierView, DraftView } from '../../../shared/ipc/view.ts'
import { compareSavedIndex, type SavedIndexReading } from '../electron/saved-index.ts'

/** Runs in the real page: reads what its store holds on the disk, past RxDB, and what main says it should hold. */
declare global {
  var readView: () => Promise<ViewReading>
}

export interface ViewReading {
  readonly dossiers: number
  /** Ids whose document is missing, too much, or not what the journal folds to. */
  readonly different: readonly string[]
  readonly drafts: number
  readonly draftsDifferent: readonly string[]
  /** What the first chip of the work list counts, and what it should: open work and drafts. -1 when no list is shown. */
  readonly counted: number
  readonly open: number
  /** Absent when reading it never ends: Chromium keeps large values in files of their own, and waits for ever for one that was cut. */
  readonly saved?: SavedIndexReading
}

globalThis.readView = async () => {
  const answer = await desk('store.key')
  const drafts = await desk('drafts.list')
  if (!answer.ok || !drafts.ok) throw new Error('nobody is signed in')
  const key = await importStoreKey(answer.value)
  const folded = new Map((await journalFold()).map((view) => [view.id as string, view]))
  const stored = await storedOf<DossierView>(key, 'dossiers')
  const storedDrafts = await storedOf<DraftView>(key, 'drafts')
  const keptDrafts = new Map(drafts.value.map((draft) => [draft.id as string, draft]))
  const open = [...folded.values()].filter(({ dossier: { state } }) => {
    return state.status === 'received' || state.status === 'in-processing' || state.status === 'finished'
  })
  const saved = await Promise.race([openedOf(key, 'snapshot'), wait(longestReadMs)])
  return {
    dossiers: folded.size,
    different: differences(folded, stored),
    drafts: keptDrafts.size,
    draftsDifferent: differences(keptDrafts, storedDrafts),
    counted: Number(document.querySelector('.chip b')?.textContent?.replace(/\D/g, '') ?? -1),
    open: open.length + keptDrafts.size,
    ...(saved ? { saved: compareSavedIndex(saved, folded) } : {}),
  }
}

const longestReadMs = 5_000

function differences<T>(wanted: ReadonlyMap<string, T>, found: ReadonlyMap<string, T>): readonly string[] {
  const text = (value: T | undefined) => (value === undefined ? '' : JSON.stringify(value, sortedKeys))
  return [...new Set([...wanted.keys(), ...found.keys()])].filter((id) => text(wanted.get(id)) !== text(found.get(id)))
}

/** A draft read back from its file has its fields in another order than the one just saved. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function journalFold(): Promise<readonly DossierView[]> {
  const views: DossierView[] = []
  let after = 0
  while (true) {
    const page = await desk('projection.changes', { after, limit: 500 })
    if (!page.ok) throw new Error(page.error.code)
    views.push(...page.value.changes)
    after = page.value.position
    if (after >= page.value.head) return views
  }
}

interface SealedRow {
  readonly id: string
  readonly sealed: string
  readonly _deleted: unknown
}

async function storedOf<T>(key: CryptoKey, place: SealedPlace): Promise<ReadonlyMap<string, T>> {
  const rows = await inDocuments<readonly SealedRow[]>(place, (documents) => answerOf(documents().getAll()))
  const kept = (rows ?? []).filter(({ _deleted }) => _deleted !== '1' && _deleted !== true)
  return new Map(
    await Promise.all(kept.map(async ({ id, sealed }) => [id, await unseal<T>(key, place, id, sealed)] as const)),
  )
}

/** As the app does with its saved index: one by one, and what cannot be read or does not open counts as lost. */
async function openedOf(key: CryptoKey, place: SealedPlace): Promise<ReadonlyMap<string, unknown>> {
  const opened = await inDocuments(place, async (documents) => {
    const ids = await answerOf(documents().getAllKeys())
    return Promise.allSettled(
      ids.map(async (id) => {
        const { sealed }: SealedRow = await answerOf(documents().get(id))
        return [String(id), await unseal<unknown>(key, place, String(id), sealed)] as const
      }),
    )
  })
  return new Map((opened ?? []).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
}

/** Each asking of `documents` is a transaction of its own. */
async function inDocuments<T>(
  place: SealedPlace,
  read: (documents: () => IDBObjectStore) => Promise<T>,
): Promise<T | undefined> {
  const known = await indexedDB.databases()
  const name = known.find((one) => one.name?.startsWith('rxdb-dexie-desk--') && one.name.endsWith(`--${place}`))?.name
  if (!name) return undefined
  const database = await answerOf(indexedDB.open(name))
  try {
    return await read(() => database.transaction('docs').objectStore('docs'))
  } finally {
    database.close()
  }
}

function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
