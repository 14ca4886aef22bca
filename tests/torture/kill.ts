import { rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import type { Attack, AttackOptions, AttackResult } from './attack.ts'
import type { DrivenApp, Victim } from './electron/driven-app.ts'
import { createLedger, type Ledger } from './electron/ledger.ts'
import { isEqual, type Office, openOffice, readSettledView, signIn } from './electron/office.ts'

/**
 * ```
 * real app ◄── commands, two at a time, each answer noted outside the app ──┐
 *     ▲ kill -9 of main, page or all of them, at any moment                 │
 *     └── opened again (a page alone comes back by itself), the unanswered asked again by the same command id ──┘
 * now and then the view is thrown away before the start, so that the next kill falls into its rebuild
 * ```
 * At the end of every few kills the page's store is compared with the journal's fold; at the end of all, the district's stream
 * with what was answered.
 */
export const kill: Attack = {
  id: 'kill',
  holds: 'every answered command is there once, the app opens every time, the view is the fold of the journal',
  needsElectron: true,
  run,
}

const plans = { short: { kills: 6, dossiers: 60, every: 3 }, long: { kills: 220, dossiers: 400, every: 10 } }
const unsentMs = 120_000

async function run(options: AttackOptions): Promise<AttackResult> {
  const plan = plans[options.scale]
  const random = seededRandom(options.seed)
  const ledger = createLedger(random)
  const broken: string[] = []
  const kills: Record<Victim, number> = { main: 0, renderer: 0, both: 0 }
  const opened = { times: 0, of: 0 }
  let midWrite = 0
  const office = await openOffice(options.folder, plan.dossiers, options.seed)
  let app = await office.open()
  try {
    for (let at = 1; at <= plan.kills; at += 1) {
      const victim = victimOf(random())
      if (await workUntilKilled(app, ledger, victim, random)) midWrite += 1
      kills[victim] += 1
      opened.of += 1
      app = await comeBack(app, office, victim, random() < 0.2)
      opened.times += 1
      broken.push(...(await ledger.askAgain(app)))
      if (at % plan.every === 0 || at === plan.kills) {
        broken.push(...(await viewFaults(app, `after kill ${at}`)))
        options.say(`${at} kills (${midWrite} mid-write), ${ledger.acknowledged().length} acknowledged`)
      }
    }
    await allSent(app)
    const here = await ledger.countHere(app)
    const there = ledger.countIn((await office.stream()).map((text) => JSON.parse(text) as StoredEvent))
    options.say(`main ${kills.main}, page ${kills.renderer}, all processes ${kills.both}; ${midWrite} mid-write`)
    return {
      tries: midWrite,
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

function victimOf(luck: number): Victim {
  if (luck < 0.5) return 'renderer'
  return luck < 0.8 ? 'main' : 'both'
}

/** Two officers' worth of commands without a pause; answers whether one was under way when the kill came. */
async function workUntilKilled(app: DrivenApp, ledger: Ledger, victim: Victim, random: () => number): Promise<boolean> {
  let over = false
  const work = async () => {
    while (!over) {
      const isAnswered = await ledger.giveOne(app).then(
        () => true,
        () => false,
      )
      if (!isAnswered) return
    }
  }
  const strike = await app.aim(victim)
  const working = [work(), work()]
  await wait(Math.floor(random() * 450))
  const isMidWrite = ledger.underWay() > 0
  over = true
  await strike()
  await Promise.all(working)
  return isMidWrite
}

async function comeBack(app: DrivenApp, office: Office, victim: Victim, wipesView: boolean): Promise<DrivenApp> {
  if (victim === 'renderer') {
    await app.pageAnswers()
    await signIn(app)
    return app
  }
  if (wipesView) rmSync(path.join(office.profile, 'IndexedDB'), { recursive: true, force: true })
  return office.open()
}

async function viewFaults(app: DrivenApp, when: string): Promise<readonly string[]> {
  const reading = await readSettledView(app)
  return isEqual(reading) ? [] : [`the view differs from the journal ${when}: ${JSON.stringify(reading)}`]
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
