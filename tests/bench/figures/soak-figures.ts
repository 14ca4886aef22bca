import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../../district/store/pool.ts'
import type { Desk } from '../../../electron/desk.ts'
import { type LineFault, openFaultyLine } from '../../harness/faulty-line.ts'
import { enrolDesk, execute, openNodeDesk, signIn } from '../../harness/node-desk.ts'
import { seededRandom } from '../../harness/seeded-random.ts'
import type { Part } from '../part.ts'
import { demoNow } from '../world/demo-day.ts'
import { signIn as signInOnPage, whenDoorIsReady } from '../world/desk-page.ts'
import { type ElectronApp, startApp } from '../world/electron-app.ts'
import { memoryOf } from '../world/memory.ts'
import { notes, receptions } from './commands.ts'
import { figureOf, median } from './figure.ts'

const faults: readonly LineFault[] = [
  'lost-request',
  'lost-reply',
  'doubled',
  'delayed',
  'cut',
  'reordered',
  'late',
  'drip',
]
const faultShare = 0.2
const workEveryMs = 2_000
const linesBreaksEveryMs = 45_000
/** Until then caches fill and code is compiled. */
const warmUpShare = 0.3
/** Dossiers of all three desks; afterwards notes are added to them. */
const mostReceived = 900
const unitId = 'goi'
/** PostgreSQL, whose memory its settings bound, is left out. */
const watched = ['district', 'main', 'renderer'] as const

/** The real app and two desks without windows work on a line that misbehaves; memory must stay, and nothing be lost. */
export const soakPart: Part = {
  id: 'soak',
  what: 'desks work on a faulty line for --minutes; only when named',
  onRequest: true,
  async run({ folder, minutes, emptyDistrict, whenDone, say }) {
    const district = await emptyDistrict()
    const random = seededRandom(7)
    let calm = true
    const line = await openFaultyLine(district.url, () => {
      return calm || random() > faultShare ? 'none' : (faults[Math.floor(random() * faults.length)] ?? 'none')
    })
    whenDone(line.close)
    const desks = [await openDesk('Quầy 2'), await openDesk('Quầy 3')]
    const app = await startApp(path.join(folder, 'app'), [`--enrol=${line.url}#${district.code(unitId, 'Quầy 1')}`])
    whenDone(app.close)
    const unexplained = new Set<string>()
    app.page.on('pageerror', ({ name }) => unexplained.add(`${name} in the page`))
    await whenDoorIsReady(app.page)
    await executeOnDesk(desks[0])
    await desks[0]?.findExchange()?.now()
    await signInOnPage(app.page, 1)
    calm = false
    const samples: Record<(typeof watched)[number], number>[] = []
    const end = Date.now() + minutes * 60_000
    let nextBreak = Date.now() + linesBreaksEveryMs
    let commands = 0
    while (Date.now() < end) {
      for (const desk of desks) await executeOnDesk(desk)
      await executeInApp(app, commands)
      commands += 3
      const codes = [...desks.map((desk) => desk.findExchange()?.status().code), await exchangeCodeOf(app)]
      for (const code of codes) if (code !== undefined) unexplained.add(code)
      if (Date.now() > nextBreak) {
        nextBreak += linesBreaksEveryMs
        line.setUp(false)
        await sleep(3_000)
        line.setUp(true)
      }
      const ofApp = memoryOf(app.pid)
      const [main = 0, renderer = 0] = [ofApp.get('main'), ofApp.get('renderer')]
      samples.push({ district: memoryOf(district.pid).get('main') ?? 0, main, renderer })
      await sleep(workEveryMs)
    }
    calm = true
    await settled(desks)
    const stored = await countStored(district.databaseUrl())
    // One more was received before the clock ran.
    if (stored.events !== commands + 1) unexplained.add(`${commands + 1} events made, ${stored.events} stored`)
    if (stored.incidents > 0) unexplained.add(`${stored.incidents} incidents open`)
    for (const event of errorsIn(path.join(folder, 'app', 'desk', 'log'))) unexplained.add(`${event} in the app's log`)
    say(`${commands} commands, faults ${JSON.stringify([...line.counts])}`)
    if (unexplained.size > 0) throw new Error(`unexplained: ${[...unexplained].join(', ')}`)
    const grew = watched.map((name) => ({ name, ...growth(samples.map((each) => each[name])) }))
    const words = grew.map(({ name, words }) => `${name} ${words}`).join(', ')
    const what = `memory grown after the first ${warmUpShare * 100} % of ${minutes} minutes, worst of district and the app's processes (${words}); ${commands} commands, 0 errors`
    return [figureOf({ id: 'soak', what, unit: '%', rounds: [[Math.max(...grew.map(({ percent }) => percent))]] })]

    async function openDesk(name: string): Promise<Desk> {
      const desk = await openNodeDesk({ folder: path.join(folder, name), demoClock: demoNow() })
      whenDone(desk.close)
      await enrolDesk(desk, line.url, district.code(unitId, name), name)
      await signIn(desk, 'goi.son')
      desk.startExchange()
      return desk
    }
  },
}

async function executeOnDesk(desk: Desk | undefined): Promise<void> {
  const known = [...(desk?.journal.index.dossiers.keys() ?? [])]
  // A lane has 500 numbers a day, and a long soak more commands than that.
  const [each] = known.length < mostReceived ? receptions(1) : notes(known, 1)
  if (!desk || !each) return
  const done = await execute(desk, each.command)
  if (!done.ok) throw new Error(`a command was refused: ${done.error.code}`)
}

async function executeInApp({ page }: ElectronApp, made: number): Promise<void> {
  const known = (await page.evaluate(() => window.desk.call('projection.changes', { after: 0, limit: 1 }))) as {
    readonly value?: { readonly changes: readonly { readonly id: string }[] }
  }
  const ids = known.value?.changes.map(({ id }) => id) ?? []
  const [each] = made < mostReceived || ids.length === 0 ? receptions(1) : notes(ids, 1)
  if (!each) return
  const done = await page.evaluate((input) => window.desk.call('dossier.execute', input), each)
  if (!done.ok) throw new Error(`a command of the app was refused: ${done.error.code}`)
}

/** What the app logged as an error; a bad line is none. */
function errorsIn(folder: string): readonly string[] {
  const lines = fs.readdirSync(folder).flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n'))
  const entries = lines.filter(Boolean).map((line) => JSON.parse(line) as { level?: string; event: string })
  if (entries.length === 0) throw new Error('the app has logged nothing')
  return entries.filter(({ level }) => level === 'error').map(({ event }) => event)
}

/** Everything is in when the desks hold the same stream twice in a row with nothing unsent. */
async function settled(desks: readonly Desk[]): Promise<void> {
  let before = -1
  for (let round = 0; round < 30; round += 1) {
    for (const desk of desks) await desk.findExchange()?.now()
    const heads = desks.map(({ journal }) => journal.index.cursor.seq)
    const quiet = desks.every(({ journal }) => journal.index.unsent.size === 0)
    if (quiet && new Set(heads).size === 1 && heads[0] === before) return
    before = heads[0] ?? -1
    await sleep(2_000)
  }
  throw new Error('the desks did not come to rest')
}

async function countStored(databaseUrl: string): Promise<{ events: number; incidents: number }> {
  const store = openStore(databaseUrl, () => undefined)
  try {
    const { rows } = await store.allUnits.query<{ events: number; incidents: number }>(
      'select (select count(*) from event) as events, (select count(*) from incident where closed_at is null) as incidents',
    )
    return rows[0] ?? { events: 0, incidents: 0 }
  } finally {
    await store.end()
  }
}

function growth(samples: readonly number[]): { readonly percent: number; readonly words: string } {
  const warm = samples.slice(Math.floor(samples.length * warmUpShare))
  const part = Math.max(1, Math.floor(warm.length / 5))
  const [first, last] = [median(warm.slice(0, part)), median(warm.slice(-part))]
  return { percent: (last / first - 1) * 100, words: `${first.toFixed(0)} → ${last.toFixed(0)} MB` }
}

async function exchangeCodeOf({ page }: ElectronApp): Promise<string | undefined> {
  const status = await page.evaluate(() => window.desk.call('desk.status', undefined))
  return status.ok ? status.value.exchange.code : status.error.code
}
