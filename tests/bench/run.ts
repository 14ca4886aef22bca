import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { durableFigures, rebuildingFigures, screenFigures } from './figures/command-figures.ts'
import { exchangeFigures } from './figures/exchange-figures.ts'
import type { Figure } from './figures/figure.ts'
import { journalFigures } from './figures/journal-figures.ts'
import { bringProbe, pageFigures } from './figures/page-figures.ts'
import { startFigures } from './figures/start-figures.ts'
import { type Failed, writeReport } from './report.ts'
import { demoNow } from './world/demo-day.ts'
import { signIn, whenDoorIsReady } from './world/desk-page.ts'
import { type DistrictProcess, startDistrict } from './world/district-process.ts'
import { startApp } from './world/electron-app.ts'
import { fillDistrict } from './world/fill-district.ts'
import { settle, shownCount } from './world/settle.ts'

const usage = `npm run bench -- [--dossiers N] [--rounds N] [--only PART]... [--keep]

  --dossiers  how many dossiers the desk holds (default 5000)
  --rounds    rounds of each figure (default 5)
  --only      exchange, start, commands, page or journal
  --keep      leaves the data of the run where it says`

const unitId = 'goi'
const seed = 20220817

const { values } = parseArgs({
  options: {
    dossiers: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const dossiers = Number(values.dossiers)
const rounds = Number(values.rounds)
const figures: Figure[] = []
const failed: Failed[] = []

const parts = ['exchange', 'start', 'commands', 'page', 'journal']
const known = (values.only ?? []).every((name) => parts.includes(name))
if (values.help || !known || !(dossiers >= 500) || !(rounds >= 1)) {
  console.log(usage)
  process.exitCode = values.help ? 0 : 1
} else {
  await bench()
  process.exitCode = failed.length > 0 ? 1 : 0
}

/**
 * ```
 * district ◄─ register of another desk
 *     └─► app (real Electron) pulls it ─► starts ─► page ─► commands ─► line cut ─► commands ─► journal
 * ```
 */
async function bench(): Promise<void> {
  const loadBefore = os.loadavg()[0] ?? 0
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mot-cua-bench-'))
  // The database's own user has to walk through.
  fs.chmodSync(folder, 0o711)
  const profile = path.join(folder, 'app')
  let filled = { dossiers, events: 0, bytes: 0 }
  try {
    say('Starting a district and filling it')
    const district = await startDistrict(path.join(folder, 'district'), demoNow())
    try {
      filled = await fillDistrict(district, unitId, dossiers, seed)
      await part('exchange', () => exchangeFigures(district, folder, rounds))
      await measureApp(district, folder, profile)
    } finally {
      await stop(district)
    }
    await part('journal', () => journalFigures(profile, filled.events, rounds))
  } catch (cause) {
    failed.push({ part: 'setup', message: wordsOf(cause) })
  } finally {
    if (values.keep) say(`The data of this run is in ${folder}`)
    else fs.rmSync(folder, { recursive: true, force: true })
  }
  writeReport({ ...filled, figures, failed, loadBefore })
}

async function measureApp(district: DistrictProcess, folder: string, profile: string): Promise<void> {
  say('Letting the app take the register in')
  const open = await firstStart(district, profile)
  await part('start', () => startFigures(profile, open, rounds))
  const app = await startApp(profile)
  try {
    const { page } = app
    await whenDoorIsReady(page)
    await signIn(page, open)
    await page.waitForTimeout(3_000)
    await bringProbe(app)
    await part('page', () => pageFigures(page, rounds))
    const wish = { page, profile, folder, rounds }
    await part('commands', () =>
      durableFigures({ ...wish, suffix: '-exchanging', condition: ', while the line is up and an exchange runs' }),
    )
    await stop(district)
    await part('commands', () => durableFigures({ ...wish, suffix: '', condition: '' }))
    await part('commands', () => screenFigures(page, rounds))
    await part('commands', () => rebuildingFigures(page, rounds))
  } finally {
    await app.close()
  }
}

/** A district that does not end by itself is a fault, but no reason to lose the other figures. */
async function stop(district: DistrictProcess): Promise<void> {
  await district.stop().catch((cause: unknown) => failed.push({ part: 'district', message: wordsOf(cause) }))
}

/** The first start enrols the desk, pulls everything and builds the view; answers how much work is open. */
async function firstStart(district: DistrictProcess, profile: string): Promise<number> {
  const app = await startApp(profile, [`--enrol=${district.url}#${district.code(unitId, 'Quầy 1')}`])
  try {
    await whenDoorIsReady(app.page)
    await signIn(app.page, 1)
    await settle(app.page, dossiers)
    return await shownCount(app.page)
  } finally {
    await app.close()
  }
}

async function part(name: string, measure: () => Promise<readonly Figure[]>): Promise<void> {
  if (values.only && !values.only.includes(name)) return
  const start = performance.now()
  say(`Measuring: ${name}`)
  try {
    figures.push(...(await measure()))
  } catch (cause) {
    failed.push({ part: name, message: wordsOf(cause) })
  }
  say(`  done: ${name} (${((performance.now() - start) / 1000).toFixed(0)} s)`)
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}

function say(line: string): void {
  process.stderr.write(`» ${line}\n`)
}
