import 'fake-indexeddb/auto'
import { waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DeskStore } from '../../../renderer/store/desk-store.ts'
import { createFakeDesk, type FakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { fillOffice } from '../../harness/sample-office.ts'

// Dexie looks for IndexedDB when it is loaded, so the store comes after the fake.
const { currentStore, startStore, stopStore } = await import('../../../renderer/store/current-store.ts')
const { openDeskStore } = await import('../../../renderer/store/desk-store.ts')
const { importStoreKey } = await import('../../../renderer/store/seal.ts')
const { deskStorage } = await import('../../../renderer/store/open-database.ts')
const { draftsCell } = await import('../../../renderer/store/use-drafts.ts')
const { referenceCell } = await import('../../../renderer/store/use-reference.ts')

const storage = deskStorage()
let stores = 0

// RxDB advertises its paid storages on the first write.
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

afterEach(stopStore)

async function start(desk: FakeDesk, name: string): Promise<void> {
  window.desk = desk.bridge
  await startStore(storage, name)
}

function newName(): string {
  stores += 1
  return `lifecycle-${stores}`
}

function office(count = 40): FakeDesk {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, count)
  desk.saveDraft('018f0000-0000-7000-8000-000000000d01', { version: 1, typed: 'Nguyễn Thị Đường' })
  return desk
}

async function holds(count: number): Promise<void> {
  await waitFor(() => expect(currentStore()?.index.size()).toBe(count), { timeout: 8000 })
}

async function indexedDbNames(name: string): Promise<readonly string[]> {
  const known = await indexedDB.databases()
  return known.flatMap((database) => (database.name?.includes(name) ? [database.name] : []))
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

test('the store is filled from the journal and opens again with what it holds', async () => {
  const desk = office()
  const name = newName()
  await start(desk, name)
  await holds(40)
  await stopStore()
  expect(draftsCell.get()).toEqual([])
  await start(desk, name)
  await currentStore()?.loaded
  await holds(40)
  // The projector asks once that is loaded.
  await waitFor(() => {
    const pulls = desk.calls.filter(({ channel }) => channel === 'projection.changes')
    expect(pulls.at(-1)?.input).toMatchObject({ after: Math.max(...desk.views().map(({ position }) => position)) })
  })
})

test('what is stored is in the index before anything new is asked for', async () => {
  const desk = office()
  const name = newName()
  await start(desk, name)
  await holds(40)
  await stopStore()
  const sizes: (number | undefined)[] = []
  let store: DeskStore | undefined
  const { call } = desk.bridge
  window.desk = {
    ...desk.bridge,
    call: (channel, input) => {
      sizes.push(store?.index.size())
      return call(channel, input)
    },
  }
  const answer = await call('store.key', undefined)
  const key = await importStoreKey(answer.ok ? answer.value : new Uint8Array())
  store = await openDeskStore({ storage, name, key, onProgress: vi.fn(), onBehind: vi.fn(), onDamaged: vi.fn() })
  await waitFor(() => expect(sizes.length).toBeGreaterThan(2))
  await store.close()
  expect(new Set(sizes)).toEqual(new Set([40]))
})

test('drafts and reference data come through the store, drafts go when main lets them go', async () => {
  const desk = office(3)
  await start(desk, newName())
  await waitFor(() => expect(draftsCell.get()).toHaveLength(1))
  await waitFor(() => expect(referenceCell.get().catalogue?.procedures.length).toBeGreaterThan(50))
  expect(referenceCell.get().staff?.staff.every(({ signIn }) => signIn.hash === '')).toBe(true)
  await desk.bridge.call('drafts.discard', { draftId: draftsCell.get()[0]?.id as never })
  await waitFor(() => expect(draftsCell.get()).toHaveLength(0))
})

test('a store that was deleted while closed comes back whole, drafts too', async () => {
  const desk = office()
  const name = newName()
  await start(desk, name)
  await holds(40)
  await stopStore()
  for (const database of await indexedDbNames(name)) await deleteDatabase(database)
  await start(desk, name)
  await holds(40)
  await waitFor(() => expect(draftsCell.get()).toHaveLength(1))
})

test('a store that lost only its dossiers is noticed and built anew', async () => {
  const desk = office()
  const name = newName()
  await start(desk, name)
  await holds(40)
  await stopStore()
  const dossiers = (await indexedDbNames(name)).filter((database) => database.endsWith('--dossiers'))
  expect(dossiers).toHaveLength(1)
  for (const database of dossiers) await deleteDatabase(database)
  await start(desk, name)
  await holds(40)
  expect(desk.calls.some(({ input }) => (input as { code?: string })?.code === 'store/rebuild')).toBe(true)
})

test('a journal of another life replaces the store while the page stays up', async () => {
  const desk = office()
  const name = newName()
  await start(desk, name)
  await holds(40)
  const before = currentStore()
  desk.newJournal()
  await waitFor(() => expect(currentStore()).not.toBe(before), { timeout: 8000 })
  await holds(40)
})

test('a journal that ends before what the store has seen is not mixed with it', async () => {
  const desk = office()
  const name = newName()
  await start(desk, name)
  await holds(40)
  await stopStore()
  const isRebuilt = () => desk.calls.some(({ input }) => (input as { code?: string })?.code === 'store/rebuild')
  const older: FakeDesk = {
    ...desk,
    bridge: {
      ...desk.bridge,
      call: async (channel, input) => {
        const answer = await desk.bridge.call(channel, input)
        if (channel !== 'projection.changes' || isRebuilt() || !answer.ok) return answer
        return { ok: true, value: { ...(answer.value as object), changes: [], position: 3, head: 3 } } as never
      },
    },
  }
  await start(older, name)
  await waitFor(() => expect(isRebuilt()).toBe(true), { timeout: 8000 })
  await holds(40)
})

test('what was sealed with another key is not shown but built anew', async () => {
  const desk = office(10)
  const name = newName()
  await start(desk, name)
  await holds(10)
  await stopStore()
  const other: FakeDesk = {
    ...desk,
    bridge: {
      ...desk.bridge,
      call: async (channel, input) => {
        const answer = await desk.bridge.call(channel, input)
        return channel === 'store.key' ? ({ ok: true, value: new Uint8Array(32).fill(9) } as never) : answer
      },
    },
  }
  await start(other, name)
  await waitFor(
    () => expect(desk.calls.some(({ input }) => (input as { code?: string })?.code === 'store/rebuild')).toBe(true),
    { timeout: 8000 },
  )
  await holds(10)
})

const refusing: typeof storage = {
  ...storage,
  createStorageInstance: () => Promise.reject(new DOMException('Internal error opening backing store', 'UnknownError')),
}

test('a store that opens not even after it was thrown away has its files deleted by main, and waits for the new page', async () => {
  const desk = office(10)
  let asked = 0
  window.desk = {
    ...desk.bridge,
    call: async (channel, input) => {
      if (channel !== 'store.clear') return desk.bridge.call(channel, input)
      asked += 1
      return { ok: true, value: { cleared: true } } as never
    },
  }
  await startStore(refusing, newName())
  expect(asked).toBe(1)
  expect(currentStore()).toBeUndefined()
})

test('where nothing opens on the disk the lists are kept in memory', async () => {
  const desk = office(10)
  window.desk = desk.bridge
  await startStore(refusing, newName())
  expect(desk.calls.some(({ channel }) => channel === 'store.clear')).toBe(true)
  await holds(10)
})

test('the saved index and what came after it answer as a full load does', async () => {
  const desk = office(260)
  const name = newName()
  await start(desk, name)
  await holds(260)
  await waitFor(async () => expect(await snapshotHead()).toBeDefined(), { timeout: 10_000, interval: 200 })
  const [moved] = desk.views()
  if (moved) desk.mark(moved.id, 'returned', 'dossier/changed-meanwhile')
  desk.hint('projection')
  await waitFor(() => expect(currentStore()?.index.counts(noon).returned).toBe(1))
  const whole = listed()
  await stopStore()

  await start(desk, name)
  await currentStore()?.loaded
  expect(listed()).toEqual(whole)
  expect(currentStore()?.index.counts(noon).returned).toBe(1)
  await stopStore()

  for (const database of (await indexedDbNames(name)).filter((one) => one.endsWith('--snapshot'))) {
    await deleteDatabase(database)
  }
  await start(desk, name)
  await currentStore()?.loaded
  expect(listed()).toEqual(whole)
}, 30_000)

const noon = '2022-08-17T05:00:00.000Z'

function listed() {
  return currentStore()?.index.list('all', '', noon, new Map())
}

async function snapshotHead(): Promise<unknown> {
  return (await currentStore()?.database.collections.snapshot.findOne('head').exec()) ?? undefined
}
