import '../../../renderer/app/no-eval.ts'
import { desk } from '../../../renderer/app/desk.ts'
import { foldText } from '../../../shared/core/text-folding.ts'
import { instantOf } from '../../../shared/core/time.ts'
import { receptionOf } from '../../../shared/domain/dossier.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { drawFrom } from '../dossiers/random.ts'
import { scan } from './full-scan.ts'
import type { Probe, SearchTimes } from './probe-api.ts'
import { buildOwnStore, forgetOwnStore, openAppsStore, type ProbeStore } from './probe-store.ts'

/** Runs inside the real page of the real app, on its own parts; brought in by the bench, never shipped. */
declare global {
  var benchProbe: Probe
}

/** In-memory answers are shorter than the page's clock ticks, so they are timed by the hundred. */
const repeats = 100

let current: ProbeStore | undefined
let views: readonly DossierView[] | undefined
const draw = drawFrom(5)

function opened(): ProbeStore {
  if (!current) throw new Error('openApps first')
  return current
}

async function now(): Promise<string> {
  const status = await desk('desk.status')
  return status.ok ? status.value.now : instantOf(Date.now())
}

async function rebuild(): Promise<number> {
  await forgetOwnStore()
  const start = performance.now()
  await buildOwnStore()
  return performance.now() - start
}

async function openApps(): Promise<{ readonly open: number }> {
  current = await openAppsStore()
  return { open: current.index.counts(await now()).open }
}

async function list(what: 'rows' | 'dossiers', ranks: readonly number[], size: number): Promise<readonly number[]> {
  const { index, newReaders, names } = opened()
  const at = await now()
  const times: number[] = []
  for (const rank of ranks) {
    // A new one each time: what the app has unsealed before would be no reading.
    const reader = newReaders()[what]
    const start = performance.now()
    const ids = index.list('open', '', at, names).slice(rank, rank + size)
    await reader.load(ids)
    times.push(performance.now() - start)
    if (ids.length !== size || ids.some((id) => !reader.peek(id)))
      throw new Error('the page of the list is not complete')
  }
  return times
}

async function counts(times: number): Promise<readonly number[]> {
  const { index } = opened()
  const at = await now()
  return Array.from({ length: times }, () => {
    const start = performance.now()
    for (let repeat = 0; repeat < repeats; repeat += 1) index.counts(at)
    return (performance.now() - start) / repeats
  })
}

async function search(times: number): Promise<SearchTimes> {
  const { index, names, views: read } = opened()
  views ??= await read()
  const at = await now()
  const ms: number[] = []
  let found = 0
  for (let time = 0; time < times; time += 1) {
    const query = queryFor(draw.pick(views))
    const start = performance.now()
    const ids = index.list('all', query, at, names)
    ms.push(performance.now() - start)
    found += ids.length
    const wanted = scan(views, query, names)
    if (ids.length !== wanted.size || ids.some((id) => !wanted.has(id))) {
      throw new Error(`"${query}" finds ${ids.length} dossiers, a full scan finds ${wanted.size}`)
    }
  }
  return { ms, found }
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

globalThis.benchProbe = { rebuild, openApps, list, counts, search, close: forgetOwnStore }
