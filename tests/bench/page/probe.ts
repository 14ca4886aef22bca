import '../../../renderer/app/no-eval.ts'
import { desk } from '../../../renderer/app/desk.ts'
import { unseal } from '../../../renderer/store/seal.ts'
import { foldText } from '../../../shared/core/text-folding.ts'
import { instantOf, unixMsOf } from '../../../shared/core/time.ts'
import { receptionOf } from '../../../shared/domain/dossier.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { drawFrom } from '../dossiers/random.ts'
import { scan } from './full-scan.ts'
import type { ListTimes, Probe, SearchTimes } from './probe-api.ts'
import { forgetStore, openStore, type ProbeStore } from './probe-store.ts'

/** Runs inside the real page of the real app, on its own parts; brought in by the bench, never shipped. */
declare global {
  var benchProbe: Probe
}

/** In-memory answers are shorter than the page's clock ticks, so they are timed by the hundred. */
const repeats = 100
const pageOfList = 50
const listFilter = 'handed-over'

let current: ProbeStore | undefined
const draw = drawFrom(5)

function opened(): ProbeStore {
  if (!current) throw new Error('rebuild first')
  return current
}

async function now(): Promise<string> {
  const status = await desk('desk.status')
  return status.ok ? status.value.now : instantOf(Date.now())
}

async function rebuild(): Promise<number> {
  await current?.close()
  current = undefined
  await forgetStore()
  const start = performance.now()
  current = await openStore()
  return performance.now() - start
}

async function list(times: number): Promise<ListTimes> {
  const { index, newReader, names, database, key } = opened()
  const at = await now()
  const total = index.counts(at)[listFilter]
  const app: number[] = []
  const rxdbQuery: number[] = []
  for (let time = 0; time < times; time += 1) {
    const from = draw.between(0, Math.max(0, total - pageOfList))
    const start = performance.now()
    const ids = index.list(listFilter, '', at, names).slice(from, from + pageOfList)
    const reader = newReader()
    await reader.load(ids)
    app.push(performance.now() - start)
    const views = ids.map((id) => reader.peek(id))
    if (views.some((view) => view === undefined) || views.length !== Math.min(pageOfList, total)) {
      throw new Error('the page of the list is not complete')
    }
    const dueAt = (views[0] && receptionOf(views[0].dossier)?.due.dueAt) ?? ''
    const queryStart = performance.now()
    const documents = await database.collections.dossiers
      .find({
        selector: { status: listFilter, dueAt: { $gte: dueAt } },
        sort: [{ status: 'asc' }, { dueAt: 'asc' }],
        limit: pageOfList,
      })
      .exec()
    await Promise.all(documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)))
    rxdbQuery.push(performance.now() - queryStart)
  }
  return { app, rxdbQuery }
}

function counts(times: number): readonly number[] {
  const { index } = opened()
  const at = instantOf(unixMsOf('2022-08-17T01:00:00.000Z'))
  return Array.from({ length: times }, () => {
    const start = performance.now()
    for (let repeat = 0; repeat < repeats; repeat += 1) index.counts(at)
    return (performance.now() - start) / repeats
  })
}

async function search(times: number): Promise<SearchTimes> {
  const { index, names, database, key } = opened()
  const at = await now()
  const documents = await database.collections.dossiers.find().exec()
  const views = await Promise.all(documents.map(({ id, sealed }) => unseal<DossierView>(key, 'dossiers', id, sealed)))
  const app: number[] = []
  let found = 0
  for (let time = 0; time < times; time += 1) {
    const query = queryFor(draw.pick(views))
    const start = performance.now()
    const ids = index.list('all', query, at, names)
    app.push(performance.now() - start)
    found += ids.length
    const wanted = scan(views, query, names)
    if (ids.length !== wanted.size || ids.some((id) => !wanted.has(id))) {
      throw new Error(`"${query}" finds ${ids.length} dossiers, a full scan finds ${wanted.size}`)
    }
  }
  return { app, queries: times, found }
}

/** What an officer types: a name without accents, its beginning, a number, a telephone, or a procedure's initials. */
function queryFor({ dossier }: DossierView): string {
  const name = foldText(dossier.applicant.name)
  const number = receptionOf(dossier)?.number.text ?? '0001'
  const last = name.split(' ').at(-1) ?? name
  return draw.pick([
    name,
    name.slice(0, Math.ceil(name.length / 2)),
    last,
    number.slice(-4),
    number.split('-').slice(-2).join('-'),
    dossier.applicant.phone?.slice(0, 7) ?? last,
    `${last} khai sinh`,
    'dkks',
  ])
}

globalThis.benchProbe = {
  rebuild,
  list,
  counts,
  search,
  close: async () => {
    await current?.close()
    current = undefined
    await forgetStore()
  },
}
