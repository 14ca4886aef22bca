import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DeskDatabase } from '../../../renderer/store/collections.ts'
import type { DeskIndex } from '../../../renderer/store/desk-index.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { memoryStorage } from '../../harness/open-store.ts'
import { fillOffice } from '../../harness/sample-office.ts'

// Dexie looks for IndexedDB when it is loaded, so the store comes after the fake.
const { createDeskIndex } = await import('../../../renderer/store/desk-index.ts')
const { createDossierReader } = await import('../../../renderer/store/dossier-reader.ts')
const { deskStorage, openDatabase } = await import('../../../renderer/store/open-database.ts')
const { createProjector } = await import('../../../renderer/store/projector.ts')
const { importStoreKey, seal } = await import('../../../renderer/store/seal.ts')
const { dossiersBetween, dossiersById, snapshotsById, storedDossiers } = await import(
  '../../../renderer/store/stored-dossiers.ts'
)

const now = '2022-08-17T02:47:00.000Z'
const key = await importStoreKey(new Uint8Array(32).fill(7))
const storages = { 'in IndexedDB': deskStorage(), 'in memory': memoryStorage() }
const open: DeskDatabase[] = []
let stores = 0

// RxDB advertises its paid storages on the first write.
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
})

async function filledStore(storage: keyof typeof storages) {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 60)
  stores += 1
  const database = await openDatabase(storages[storage], `reader-${stores}`)
  open.push(database)
  const pull = (input: { after: number; limit: number }) => desk.bridge.call('projection.changes', input)
  const projector = createProjector({ database, key, pull, onProgress: () => undefined, onDamaged })
  await projector.run()
  projector.close()
  return { database, views: new Map(desk.views().map((view) => [view.id as string, view])) }
}

function onDamaged(): never {
  throw new Error('the store was found damaged')
}

function indexOf(views: Iterable<DossierView>): DeskIndex {
  const index = createDeskIndex()
  index.apply([...views])
  return index
}

for (const storage of ['in IndexedDB', 'in memory'] as const) {
  test(`${storage}: rows that stand together in the list are read as they were stored`, async () => {
    const { database, views } = await filledStore(storage)
    const index = indexOf(views.values())
    const ids = index.list('open', '', now, new Map()).slice(3, 23)
    expect(ids).toHaveLength(20)
    expect(index.stretchOf(ids)).toBeDefined()
    const reader = createDossierReader({ database, key, index, onDamaged })
    await reader.load(ids)
    expect(ids.map((id) => reader.peek(id))).toEqual(ids.map((id) => views.get(id)))
    expect([...views.keys()].filter((id) => reader.peek(id) !== undefined).sort()).toEqual([...ids].sort())
  })

  test(`${storage}: a dossier that stands elsewhere in the store than in the list is read all the same`, async () => {
    const { database, views } = await filledStore(storage)
    const index = indexOf(views.values())
    const [first, second, third] = index.list('open', '', now, new Map())
    const moved = first && views.get(first)
    if (!moved || moved.dossier.state.status === 'refused' || !second || !third) throw new Error('no open dossiers')
    const { reception } = moved.dossier.state
    const due = { ...reception.due, dueAt: '2031-01-01T10:00:00.000Z' }
    const state = { status: 'received', reception: { ...reception, due } } as const
    // The index learned of a change that the store has not been given yet.
    index.apply([{ ...moved, position: moved.position + 1000, dossier: { ...moved.dossier, state } }])
    const near = index.list('open', '', now, new Map())
    const at = near.indexOf(first)
    const ids = [near[at - 1], first, near[at + 1]].flatMap((id) => id ?? [])
    expect(index.stretchOf(ids)).toBeDefined()
    const reader = createDossierReader({ database, key, index, onDamaged })
    await reader.load(ids)
    expect(ids.map((id) => reader.peek(id))).toEqual(ids.map((id) => views.get(id)))
  })
}

test('dossiers far apart in the list are not read with everything between them', async () => {
  const { database, views } = await filledStore('in IndexedDB')
  const index = indexOf(views.values())
  const all = index.list('all', '', now, new Map())
  const ids = [all[0], all[all.length - 1]].flatMap((id) => id ?? [])
  expect(index.stretchOf(ids)).toBeUndefined()
  const reader = createDossierReader({ database, key, index, onDamaged })
  await reader.load(ids)
  expect(ids.map((id) => reader.peek(id))).toEqual(ids.map((id) => views.get(id)))
})

test('who asks for a dossier that somebody else is reading already waits for it', async () => {
  const { database, views } = await filledStore('in IndexedDB')
  const index = indexOf(views.values())
  const [id = ''] = index.list('all', '', now, new Map())
  const reader = createDossierReader({ database, key, index, onDamaged })
  void reader.load([id])
  await reader.load([id])
  expect(reader.peek(id)).toEqual(views.get(id))
})

test('what IndexedDB answered keeps none of the sealed text once it is read', async () => {
  const { database, views } = await filledStore('in IndexedDB')
  const { snapshot } = database.collections
  await snapshot.upsert({ id: 'sheet-0', sealed: await seal(key, 'snapshot', 'sheet-0', ['a row']) })
  const answered = vi.spyOn(IDBRequest.prototype, 'result', 'get')
  const read = [
    ...(await snapshotsById(database, ['sheet-0'])),
    ...(await dossiersById(database, [...views.keys()])),
    ...(await dossiersBetween(database, { from: 0, to: Number.MAX_SAFE_INTEGER })),
  ]
  for await (const page of storedDossiers(database)) read.push(...page)
  const values = answered.mock.results.flatMap(({ value }) => value)
  answered.mockRestore()
  const kept = values.filter((value) => typeof value?.sealed === 'string')
  expect(read).toHaveLength(1 + 3 * views.size)
  expect(read.every(({ sealed }) => sealed.length > 0)).toBe(true)
  expect(kept.length).toBeGreaterThanOrEqual(read.length)
  expect(kept.every(({ sealed }) => sealed === '')).toBe(true)
})
