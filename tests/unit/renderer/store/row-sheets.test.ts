import { afterEach, expect, test, vi } from 'vitest'
import type { DeskDatabase } from '../../../../renderer/store/collections.ts'
import { createDeskIndex, type DeskIndex } from '../../../../renderer/store/desk-index.ts'
import type { DossierReader } from '../../../../renderer/store/dossier-reader.ts'
import { rowOf } from '../../../../renderer/store/dossier-row.ts'
import { restoreIndex, saveIndex } from '../../../../renderer/store/index-snapshot.ts'
import { openDatabase } from '../../../../renderer/store/open-database.ts'
import { mostRows } from '../../../../renderer/store/pack-sheets.ts'
import { createRowReader } from '../../../../renderer/store/row-reader.ts'
import { createRowSheets, type RowSheets } from '../../../../renderer/store/row-sheets.ts'
import { importStoreKey, unseal } from '../../../../renderer/store/seal.ts'
import type { BoundsPage, SheetBound } from '../../../../renderer/store/sheet-bounds.ts'
import { instantOf, unixMsOf } from '../../../../shared/core/time.ts'
import type { DossierView } from '../../../../shared/ipc/view.ts'
import { drawFrom } from '../../../bench/dossiers/random.ts'
import { memoryStorage } from '../../../harness/open-store.ts'
import { receivedDossier } from '../../../harness/sample-dossiers.ts'
import { sampleId } from '../../../harness/sample-events.ts'

const now = '2022-08-17T02:47:00.000Z'
const key = await importStoreKey(new Uint8Array(32).fill(7))
const storage = memoryStorage()
const open: DeskDatabase[] = []
let stores = 0

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
})

interface Office {
  readonly database: DeskDatabase
  readonly index: DeskIndex
  readonly sheets: RowSheets
}

async function newOffice(): Promise<Office> {
  stores += 1
  const database = await openDatabase(storage, `sheets-${stores}`)
  open.push(database)
  const index = createDeskIndex()
  return { database, index, sheets: createRowSheets({ database, key, index }) }
}

/** The same store after a restart; the index knows everything again. */
async function reopened({ database, index }: Office): Promise<RowSheets> {
  const sheets = createRowSheets({ database, key, index })
  expect(await sheets.restore()).toBe(true)
  return sheets
}

function take({ sheets, index }: Office, views: readonly DossierView[]): void {
  sheets.put(views)
  index.apply(views)
}

function viewOf(dossier: number, position: number, dueInHours: number, isRefused = false): DossierView {
  const dueAt = instantOf(unixMsOf(now) + dueInHours * 3_600_000)
  const base = receivedDossier({ due: { dueAt, verified: true } })
  const id = sampleId(dossier) as DossierView['id']
  const state = isRefused
    ? ({ status: 'refused', refusedAt: dueAt, staffId: 'officer' as never, reason: 'thiếu' } as const)
    : base.state
  return { id, position, exchange: 'waiting', findings: [], dossier: { ...base, id, state } }
}

function inOrder(index: DeskIndex): readonly string[] {
  return index.list('all', '', now, new Map())
}

async function boundsOf({ database }: Office): Promise<readonly SheetBound[]> {
  const [found] = await database.collections.snapshot.storageInstance.findDocumentsById(['bounds-0'], false)
  return found ? (await unseal<BoundsPage>(key, 'snapshot', 'bounds-0', found.sealed)).bounds : []
}

/** Whole dossiers that are all at hand. */
function wholeOf(views: readonly DossierView[]): DossierReader {
  const byId = new Map(views.map((view) => [view.id as string, view]))
  return {
    load: async () => undefined,
    peek: (id) => byId.get(id),
    remember: () => undefined,
    version: () => 0,
    subscribe: () => () => undefined,
  }
}

test('every row is found in its sheet after a restart, whatever was moved, cut and joined before', async () => {
  const office = await newOffice()
  const draw = drawFrom(4711)
  const newest = new Map<string, DossierView>()
  let position = 0
  for (let save = 0; save < 12; save += 1) {
    // Work comes in first; later most of it is closed, so that sheets run empty.
    const isClosing = save >= 6
    const views = Array.from({ length: 150 }, () => {
      position += 1
      return viewOf(draw.between(0, 600), position, draw.between(0, 40), isClosing && draw.between(0, 3) > 0)
    })
    for (const view of views) newest.set(view.id, view)
    take(office, views)
    await office.sheets.save()
    const sheets = await reopened(office)
    const found = await sheets.find(inOrder(office.index))
    expect(new Map(found.map((row) => [row.id as string, row]))).toEqual(
      new Map([...newest].map(([id, view]) => [id, rowOf(view)])),
    )
  }
  const bounds = await boundsOf(office)
  expect(bounds.length).toBeLessThan((4 * newest.size) / mostRows + 2)
  const documents = await office.database.collections.snapshot.count().exec()
  expect(documents).toBeLessThan((8 * newest.size) / mostRows + 4)
})

test('a row that is older than what the index knows is not shown', async () => {
  const office = await newOffice()
  const [first, second] = [viewOf(1, 1, 5), viewOf(2, 2, 6)]
  take(office, [first, second])
  await office.sheets.save()
  // The index learned of a change whose row never came.
  office.index.apply([{ ...first, position: 3, exchange: 'accepted' }])
  expect(await office.sheets.find([first.id, second.id])).toEqual([rowOf(second)])
})

test('a view that comes late does not take the place of a newer one', async () => {
  const office = await newOffice()
  const [older, newer] = [viewOf(1, 1, 5), viewOf(1, 2, 6)]
  take(office, [newer])
  take(office, [older])
  await office.sheets.save()
  expect(await office.sheets.find([newer.id])).toEqual([rowOf(newer)])
})

test('a write that broke off before the bounds leaves nothing wrong behind, and the next save makes it good', async () => {
  const office = await newOffice()
  const views = Array.from({ length: mostRows }, (_, at) => viewOf(at, at + 1, at))
  take(office, views)
  await office.sheets.save()
  // One more and the sheet is cut: its second half stands where no bound points to yet.
  const more = Array.from({ length: 5 }, (_, at) => viewOf(1000 + at, 1000 + at, 200 + at))
  take(office, more)
  const { snapshot } = office.database.collections
  const write = snapshot.bulkUpsert.bind(snapshot)
  const writing = vi.spyOn(snapshot, 'bulkUpsert')
  writing.mockImplementationOnce(write).mockRejectedValueOnce(new Error('the disk is full'))
  await expect(office.sheets.save()).rejects.toThrow('the disk is full')
  const known = new Map([...views, ...more].map((view) => [view.id as string, rowOf(view)]))
  const broken = await reopened(office)
  const found = await broken.find(inOrder(office.index))
  expect(found.length).toBeLessThan(known.size)
  for (const row of found) expect(row).toEqual(known.get(row.id))
  expect(await office.sheets.find(more.map(({ id }) => id))).toEqual(more.map(rowOf))
  await office.sheets.save()
  expect(await (await reopened(office)).find(inOrder(office.index))).toHaveLength(known.size)
})

test('a sheet that is lost is read as whole dossiers, and there again after the next save', async () => {
  const office = await newOffice()
  const views = Array.from({ length: 40 }, (_, at) => viewOf(at, at + 1, at))
  take(office, views)
  await office.sheets.save()
  await office.database.collections.snapshot.findOne('sheet-0').modify((stored) => ({ ...stored, sealed: 'x' }))
  const sheets = await reopened(office)
  const ids = views.map(({ id }) => id)
  expect(await sheets.find(ids)).toEqual([])
  const asked: string[] = []
  const whole = { ...wholeOf(views), load: async (more: readonly string[]) => void asked.push(...more) }
  const reader = createRowReader(sheets, whole)
  await reader.load(ids)
  expect(ids.map((id) => reader.peek(id))).toEqual(views.map(rowOf))
  expect(asked).toEqual(ids)
  await sheets.save()
  const again = createRowReader(await reopened(office), whole)
  await again.load(ids)
  expect(ids.map((id) => again.peek(id))).toEqual(views.map(rowOf))
  expect(asked).toEqual(ids)
})

test('who asks for rows that somebody else is reading already waits for them', async () => {
  const office = await newOffice()
  const views = Array.from({ length: 40 }, (_, at) => viewOf(at, at + 1, at))
  take(office, views)
  await office.sheets.save()
  const reader = createRowReader(await reopened(office), wholeOf([]))
  const ids = views.map(({ id }) => id)
  const first = reader.load(ids)
  await reader.load(ids)
  expect(ids.map((id) => reader.peek(id))).toEqual(views.map(rowOf))
  await first
})

/** So many that their bounds fill two pages. */
const twoPages = 501

function manyViews(sheets: number): readonly DossierView[] {
  return Array.from({ length: sheets * mostRows }, (_, at) => viewOf(at, at + 1, at))
}

test('bounds of two pages come back, and are not written while no sheet is cut or joined', async () => {
  const office = await newOffice()
  const views = manyViews(twoPages)
  take(office, views)
  await office.sheets.save()
  const last = views.at(-1)
  if (!last) throw new Error('no views')
  expect(await (await reopened(office)).find([last.id])).toEqual([rowOf(last)])
  const writing = vi.spyOn(office.database.collections.snapshot, 'bulkUpsert')
  take(office, [{ ...last, position: views.length + 1, exchange: 'accepted' }])
  await office.sheets.save()
  expect(writing.mock.calls.flatMap(([documents]) => documents.map(({ id }) => id))).toEqual([
    expect.stringMatching(/^sheet-/),
  ])
})

test.each([1, twoPages - 1, twoPages])(
  'bounds of %i sheets come back when those of a lost index lie where they are written',
  async (sheets) => {
    const { database, ...before } = await newOffice()
    take({ database, ...before }, manyViews(twoPages))
    await before.sheets.save()
    const index = createDeskIndex()
    const anew = { database, index, sheets: createRowSheets({ database, key, index }) }
    take(anew, manyViews(sheets))
    await anew.sheets.save()
    expect(await (await reopened(anew)).find(inOrder(index))).toHaveLength(sheets * mostRows)
  },
)

test('bounds of which one page is of another write count for nothing, until the next save', async () => {
  const office = await newOffice()
  const views = manyViews(twoPages)
  take(office, views)
  await office.sheets.save()
  const { snapshot } = office.database.collections
  const [page] = await snapshot.storageInstance.findDocumentsById(['bounds-1'], false)
  if (!page) throw new Error('one page of bounds')
  const more = Array.from({ length: mostRows }, (_, at) => viewOf(100_000 + at, 100_000 + at, 5))
  take(office, more)
  await office.sheets.save()
  expect(await createRowSheets({ database: office.database, key, index: office.index }).restore()).toBe(true)
  await snapshot.upsert({ id: page.id, sealed: page.sealed })
  const broken = createRowSheets({ database: office.database, key, index: office.index })
  expect(await broken.restore()).toBe(false)
  broken.put([...views, ...more])
  await broken.save()
  expect(await (await reopened(office)).find(inOrder(office.index))).toHaveLength(views.length + more.length)
})

test('dossiers far apart are not worth their sheets', async () => {
  const office = await newOffice()
  take(
    office,
    Array.from({ length: 10 * mostRows }, (_, at) => viewOf(at, at + 1, at)),
  )
  await office.sheets.save()
  const order = inOrder(office.index)
  expect(office.sheets.areTogether(order.slice(100, 150))).toBe(true)
  expect(office.sheets.areTogether(order.filter((_, at) => at % mostRows === 0))).toBe(false)
})

test('a saved index without its sheets counts for nothing: every dossier is read once more and gets its row', async () => {
  const office = await newOffice()
  take(office, [viewOf(1, 1, 5), viewOf(2, 2, 6)])
  await saveIndex(office.database, key, office.index, office.sheets)
  const restored = () => {
    const index = createDeskIndex()
    return restoreIndex(office.database, key, index, createRowSheets({ database: office.database, key, index }))
  }
  expect(await restored()).toBe(2)
  await office.database.collections.snapshot.findOne('bounds-0').modify((stored) => ({ ...stored, sealed: 'x' }))
  expect(await restored()).toBe(0)
})

test('a saved index whose sheets were lost is taken back: what is saved for a part of them does not vouch for the rest', async () => {
  const office = await newOffice()
  const { database } = office
  take(office, [viewOf(1, 1, 5), viewOf(2, 2, 6)])
  await saveIndex(database, key, office.index, office.sheets)
  await database.collections.snapshot.findOne('bounds-0').modify((stored) => ({ ...stored, sealed: 'x' }))
  const opened = () => {
    const index = createDeskIndex()
    const sheets = createRowSheets({ database, key, index })
    return { database, index, sheets, position: restoreIndex(database, key, index, sheets) }
  }
  const first = opened()
  expect(await first.position).toBe(0)
  // So many waited that they were saved before the index was, and then the PC was switched off.
  take(first, [viewOf(1, 1, 5)])
  await first.sheets.save()
  expect(await opened().position).toBe(0)
})
