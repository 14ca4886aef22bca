import { afterEach, expect, test } from 'vitest'
import type { DeskDatabase } from '../../../../renderer/store/collections.ts'
import { openDatabase } from '../../../../renderer/store/open-database.ts'
import { createProjector, type ProjectionProgress, projectionPageSize } from '../../../../renderer/store/projector.ts'
import { importStoreKey, unseal } from '../../../../renderer/store/seal.ts'
import { err, ok } from '../../../../shared/core/result.ts'
import type { DossierView } from '../../../../shared/ipc/view.ts'
import { createFakeDesk, type FakeDesk, fakeOfficer } from '../../../harness/fake-desk.ts'
import { memoryStorage } from '../../../harness/open-store.ts'
import { fillOffice } from '../../../harness/sample-office.ts'

let stores = 0
const open: DeskDatabase[] = []
const storage = memoryStorage()
const key = await importStoreKey(new Uint8Array(32).fill(7))

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
})

async function newDatabase(): Promise<DeskDatabase> {
  stores += 1
  const database = await openDatabase(storage, `projector-${stores}`)
  open.push(database)
  return database
}

function office(count: number): FakeDesk {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, count)
  return desk
}

interface Watched {
  readonly run: () => Promise<void>
  readonly progress: readonly ProjectionProgress[]
  readonly damaged: () => number
}

function project(database: DeskDatabase, desk: FakeDesk): Watched {
  const progress: ProjectionProgress[] = []
  let damaged = 0
  const projector = createProjector({
    database,
    key,
    pull: (input) => desk.bridge.call('projection.changes', input),
    onProgress: (step) => progress.push(step),
    onDamaged: () => {
      damaged += 1
    },
  })
  return { run: projector.run, progress, damaged: () => damaged }
}

async function stored(database: DeskDatabase): Promise<readonly DossierView[]> {
  const documents = await database.collections.dossiers.find().exec()
  const views = await Promise.all(documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)))
  return views.sort((a, b) => a.position - b.position)
}

function expected(desk: FakeDesk): readonly DossierView[] {
  return [...desk.views()].sort((a, b) => a.position - b.position)
}

test('an empty store is filled page by page, with progress, up to the head of the journal', async () => {
  const desk = office(450)
  const database = await newDatabase()
  const projector = project(database, desk)
  await projector.run()
  expect(await stored(database)).toEqual(expected(desk))
  expect(projector.progress.map(({ done, remaining }) => [done, remaining])).toEqual([
    [projectionPageSize, 250],
    [2 * projectionPageSize, 50],
    [450, 0],
  ])
})

test('running again writes nothing and changes nothing', async () => {
  const desk = office(30)
  const database = await newDatabase()
  const projector = project(database, desk)
  await projector.run()
  const revisions = (await database.collections.dossiers.find().exec()).map((document) => document.revision)
  await projector.run()
  await project(database, desk).run()
  expect((await database.collections.dossiers.find().exec()).map((document) => document.revision)).toEqual(revisions)
})

test('only what changed since the checkpoint is asked for', async () => {
  const desk = office(10)
  const database = await newDatabase()
  const projector = project(database, desk)
  await projector.run()
  const [first] = desk.views()
  if (first) desk.mark(first.id, 'returned', 'dossier/changed-meanwhile')
  await projector.run()
  const asked = desk.calls.filter(({ channel }) => channel === 'projection.changes')
  expect(asked.at(-1)?.input).toMatchObject({ after: expected(desk).at(-2)?.position, limit: projectionPageSize })
  expect(await stored(database)).toEqual(expected(desk))
})

test('a page written twice, as after a crash before its checkpoint, changes nothing', async () => {
  const desk = office(20)
  const database = await newDatabase()
  await project(database, desk).run()
  await database.collections.checkpoint.find().remove()
  await project(database, desk).run()
  expect(await stored(database)).toEqual(expected(desk))
})

test('calls during a run make one more run, never two at a time', async () => {
  const desk = office(20)
  const database = await newDatabase()
  let inFlight = 0
  let most = 0
  let pulls = 0
  const projector = createProjector({
    database,
    key,
    pull: async (input) => {
      inFlight += 1
      pulls += 1
      most = Math.max(most, inFlight)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const answer = await desk.bridge.call('projection.changes', input)
      inFlight -= 1
      return answer
    },
    onProgress: () => undefined,
    onDamaged: () => undefined,
  })
  await Promise.all([projector.run(), projector.run(), projector.run(), projector.run()])
  expect(most).toBe(1)
  expect(pulls).toBe(2)
})

test('a journal with another life is never mixed with what is stored', async () => {
  const desk = office(5)
  const database = await newDatabase()
  const projector = project(database, desk)
  await projector.run()
  const before = await stored(database)
  desk.newJournal()
  await projector.run()
  expect(projector.damaged()).toBe(1)
  expect(await stored(database)).toEqual(before)
})

test('a store with fewer dossiers than its checkpoint counted is damaged, not up to date', async () => {
  const desk = office(5)
  const database = await newDatabase()
  await project(database, desk).run()
  const [lost] = desk.views()
  await database.collections.dossiers.bulkRemove([lost?.id ?? ''])
  const again = project(database, desk)
  await again.run()
  expect(again.damaged()).toBe(1)
})

test('a failed write stops before the checkpoint; the next run repeats the page', async () => {
  const desk = office(5)
  const database = await newDatabase()
  const collection = database.collections.dossiers
  const write = collection.bulkUpsert.bind(collection)
  collection.bulkUpsert = () => Promise.reject(new Error('QuotaExceededError'))
  const projector = project(database, desk)
  await expect(projector.run()).rejects.toThrow('QuotaExceededError')
  expect(await database.collections.checkpoint.findOne('projection').exec()).toBeNull()
  collection.bulkUpsert = write
  await projector.run()
  expect(await stored(database)).toEqual(expected(desk))
})

test('a run that broke off between two checkpoints begins again at the last one, and skips nothing', async () => {
  const desk = office(7 * projectionPageSize)
  const database = await newDatabase()
  const asked: number[] = []
  const pullOnce = (pages: number): Promise<void> => {
    const projector = createProjector({
      database,
      key,
      pull: async (input) => {
        asked.push(input.after)
        return asked.length > pages
          ? err({ code: 'session/signed-out' })
          : desk.bridge.call('projection.changes', input)
      },
      onProgress: () => undefined,
      onDamaged: () => undefined,
    })
    return projector.run()
  }
  await pullOnce(6)
  expect(await stored(database)).toHaveLength(6 * projectionPageSize)
  const known = (await database.collections.checkpoint.findOne('projection').exec())?.position
  expect(known).toBe(asked[5])
  asked.length = 0
  await pullOnce(Number.MAX_SAFE_INTEGER)
  expect(asked[0]).toBe(known)
  expect(await stored(database)).toEqual(expected(desk))
})

test('a refused pull ends the run quietly: the officer signed out meanwhile', async () => {
  const database = await newDatabase()
  const projector = createProjector({
    database,
    key,
    pull: async () => ({ ok: false, error: { code: 'session/signed-out' } }),
    onProgress: () => undefined,
    onDamaged: () => undefined,
  })
  await projector.run()
  expect(await stored(database)).toEqual([])
})

test('an empty journal is a whole projection', async () => {
  const database = await newDatabase()
  const progress: ProjectionProgress[] = []
  const projector = createProjector({
    database,
    key,
    pull: async () => ok({ journalId: 'new', changes: [], position: 0, head: 0, remaining: 0 }),
    onProgress: (step) => progress.push(step),
    onDamaged: () => undefined,
  })
  await projector.run()
  expect(progress).toEqual([{ done: 0, remaining: 0 }])
})

test('nothing about a person stands in the clear, and a sealed value opens only in its own place', async () => {
  const desk = office(10)
  const database = await newDatabase()
  await project(database, desk).run()
  const documents = await database.collections.dossiers.find().exec()
  const text = JSON.stringify(documents.map((document) => document.toJSON()))
  for (const { dossier } of desk.views()) {
    expect(text).not.toContain(dossier.applicant.name)
    expect(text).not.toContain(dossier.applicant.phone)
  }
  const [first, second] = documents
  await expect(unseal(key, 'dossiers', second?.id ?? '', first?.sealed ?? '')).rejects.toThrow()
  await expect(unseal(key, 'drafts', first?.id ?? '', first?.sealed ?? '')).rejects.toThrow()
})
