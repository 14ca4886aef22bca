/** The lane of attacks on what was acknowledged, each in its short version; an attack counts as one test. */
import fs from 'node:fs'
import path from 'node:path'
import { bundleAll, bundleDistrictProgram } from '../bundle/bundle-all.mjs'
import { runWithDisplay } from '../display.mjs'
import { OUT } from '../paths.mjs'
import { couldNotRun } from './lane.mjs'

/** The random schedules of `line` are others in each run, and printed; the rest of the attacks repeat. `TEST_SEED` fixes all. */
const GIVEN = process.env['TEST_SEED']
const SEEDS = GIVEN ? ['--seed', GIVEN] : ['--seed', '20220817', '--fresh', 'line']

/** @typedef {{ attacks: readonly { id: string, held: boolean }[] }} TortureReport */

/** @param {readonly string[]} args */
export async function runTorture(args) {
  await bundleAll()
  await bundleDistrictProgram('tests/torture/run.ts', 'out/torture/run.js')
  const program = path.join(OUT, 'torture', 'run.js')
  return runWithDisplay(process.execPath, ['--enable-source-maps', program, ...args])
}

/** @type {import('./lane.mjs').Lane} */
export const tortureLane = {
  name: 'torture',
  title: 'short attacks on what was acknowledged',
  async run() {
    const report = path.join(OUT, 'reports', 'torture.json')
    fs.rmSync(report, { force: true })
    const { code } = await runTorture(['--short', ...SEEDS, '--report', report])
    if (!fs.existsSync(report)) return couldNotRun(`the attacks ended with code ${code} and left no report`)
    /** @type {TortureReport} */
    const { attacks } = JSON.parse(fs.readFileSync(report, 'utf8'))
    const passed = attacks.filter(({ held }) => held).length
    return { passed, failed: attacks.length - passed, skipped: 0 }
  },
}
