import { rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import type { Attack, AttackOptions, AttackResult } from './attack.ts'
import type { DrivenApp, Victim } from './electron/driven-app.ts'
import { createLedger, type Ledger } from './electron/ledger.ts'
import { type Moment, strikeIn } from './electron/moments.ts'
import { isEqual, type Office, openOffice, readSettledView, signIn } from './electron/office.ts'

/**
 * ```
 * real app ◄── commands, two at a time, each answer noted outside the app ──┐
 *     ▲ kill -9 of main, page or all of them, in the moment whose turn it is: a frame on its way to the disk, any instant of
 *     │ saving, a round trip with the district, the projection, a rebuild of the view that was thrown away
 *     └── opened again (a page alone comes back by itself), the unanswered asked again by the same command id ──┘
 * ```
 * 1. A kill that fell beside its moment counts for nothing and is tried again.
 * 2. In `write` dies always the process that writes the journal; the page alone can lose no frame. It counts only when the
 *    next start finds an entry that was durable before anyone was told, or cuts off what was half written.
 * 3. After every few kills the page's store is and what it saved for lists and search are
 *    compared with the journal's fold; at the end the district's stream with what
 *    was answered.
 *
 * What the kernel had taken survives a killed process: a sync that is missing shows in `power-cut`, not here.
 */
export const kill: Attack = {
  id: 'kill',
  holds: 'every answered command is there once, the app opens every time, the view is the fold of the journal',
  run,
}

interface Plan {
  readonly dossiers: number
  readonly every: number
  readonly kills: Readonly<Record<Moment, number>>
}

/** Below 200 dossiers the page never saves its index, and nothing of it could be compared. */
const plans: Readonly<Record<AttackOptions['scale'], Plan>> = {
  short: { dossiers: 220, every: 4, kills: { write: 4, saving: 1, exchange: 1, projection: 1, rebuild: 1 } },
  long: { dossiers: 800, every: 12, kills: { write: 210, saving: 40, exchange: 36, projection: 36, rebuild: 36 } },
}
const victims: Readonly<Record<Moment, readonly Victim[]>> = {
  write: ['main', 'both'],
  saving: ['renderer'],
  exchange: ['main', 'both', 'renderer'],
  projection: ['both', 'renderer', 'main'],
  rebuild: ['renderer', 'main', 'both'],
}
const mostMisses = 20
const unsentMs = 120_000

async function run(options: AttackOptions): Promise<AttackResult> {
  const plan = plans[options.scale]
  const random = seededRandom(options.seed)
  const ledger = createLedger(random)
  const broken: string[] = []
  const hits = { write: 0, saving: 0, exchange: 0, projection: 0, rebuild: 0 }
  const dead = { main: 0, renderer: 0, both: 0 }
  const found = { unanswered: 0, torn: 0 }
  const saved = { rows: 0, slots: 0, rowsMissing: 0 }
  let tries = 0
  let misses = 0
  const opened = { times: 0, of: 0 }
  const office = await openOffice(options.folder, plan.dossiers, options.seed)
  let app = await office.open()
  try {
    const waiting = [...shuffledMoments(plan, random)]
    for (let moment = waiting.shift(); moment; moment = waiting.shift()) {
      const choice = victims[moment]
      const victim = choice[hits[moment] % choice.length] ?? 'main'
      if (moment === 'rebuild') app = await withoutView(app, office)
      const strike = await app.aim(victim)
      const isStruck = await strikeIn[moment]({ app, profile: office.profile, ledger, random, strike })
      opened.of += 1
      app = await comeBack(app, office, victim)
      opened.times += 1
      const traces = victim === 'renderer' ? undefined : await tracesIn(app, ledger)
      if (traces?.unanswered) found.unanswered += 1
      if (traces?.torn) found.torn += 1
      const isHit = isStruck && (moment !== 'write' || traces?.unanswered === true || traces?.torn === true)
      broken.push(...(await ledger.askAgain(app)))
      if (isHit) {
        tries += 1
        hits[moment] += 1
        dead[victim] += 1
      } else {
        misses += 1
        if (misses > mostMisses + tries)
          throw new Error(`${misses} kills fell beside their moment, the last: ${moment}`)
        waiting.push(moment)
      }
      if (opened.of % plan.every === 0 || waiting.length === 0) {
        const reading = await readSettledView(app)
        if (!isEqual(reading)) {
          const when = `after kill ${opened.of}, ${victim} in ${moment}`
          broken.push(`the view differs from the journal ${when}: ${JSON.stringify(reading)}`)
        }
        if (!reading.saved) broken.push(`the saved index cannot be read after kill ${opened.of}`)
        saved.rows += reading.saved?.rows ?? 0
        saved.slots += reading.saved?.slots ?? 0
        saved.rowsMissing += reading.saved?.rowsMissing ?? 0
        options.say(`${told(hits)}; ${misses} beside; ${ledger.answers()} acknowledged; ${told(found)}; ${told(saved)}`)
      }
    }
    await allSent(app)
    const here = await ledger.countHere(app)
    const there = ledger.countIn((await office.stream()).map((text) => JSON.parse(text) as StoredEvent))
    options.say(`killed: ${told(dead)}`)
    return {
      tries,
      detail: { ...hits, ...dead, missed: misses, ...found, ...saved },
      acknowledged: ledger.acknowledged().length,
      lost: Math.max(here.lost, there.lost),
      duplicated: Math.max(here.duplicated, there.duplicated),
      opened,
      broken,
    }
  } finally {
    await app.close().catch(() => undefined)
    await office.close()
  }
}

function shuffledMoments({ kills }: Plan, random: () => number): readonly Moment[] {
  const moments = Object.keys(kills) as Moment[]
  return moments
    .flatMap((moment) => Array.from({ length: kills[moment] }, () => ({ moment, place: random() })))
    .sort((a, b) => a.place - b.place)
    .map(({ moment }) => moment)
}

function told(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')
}

async function withoutView(app: DrivenApp, office: Office): Promise<DrivenApp> {
  await app.close()
  rmSync(path.join(office.profile, 'IndexedDB'), { recursive: true, force: true })
  return office.open()
}

async function comeBack(app: DrivenApp, office: Office, victim: Victim): Promise<DrivenApp> {
  if (victim !== 'renderer') return office.open()
  await app.pageAnswers()
  await signIn(app)
  return app
}

/** What a start finds of a write that the kill met. */
async function tracesIn(
  app: DrivenApp,
  ledger: Ledger,
): Promise<{ readonly unanswered: boolean; readonly torn: boolean }> {
  const status = await app.call('desk.status')
  const torn = status.ok && status.value.journal.cutBytes > 0
  return { unanswered: (await ledger.unansweredHere(app)) > 0, torn }
}

async function allSent(app: DrivenApp): Promise<void> {
  const deadline = Date.now() + unsentMs
  while (Date.now() < deadline) {
    const status = await app.call('exchange.now')
    if (status.ok && status.value.unsentEvents === 0) return
    await wait(500)
  }
  throw new Error('the desk did not send everything')
}
