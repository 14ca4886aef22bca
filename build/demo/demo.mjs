/** A district and one desk beside it, for looking at the app and for developing it. */
import path from 'node:path'
import { DEFAULT_DATA } from '../paths.mjs'
import { StepFailed, say, step } from '../terminal.mjs'
import { DATA_SETS, DEFAULT_DATA_SET } from './data-sets.mjs'
import { demoClock, rememberedDemo } from './demo-folder.mjs'
import { newEnrolCode, startDistrict } from './district-process.mjs'

/** Options of the command line that `npm start` and `npm run dev` share. */
export const DEMO_OPTIONS = /** @type {const} */ ({
  seed: { type: 'string', default: DEFAULT_DATA_SET },
  data: { type: 'string' },
})

/** @param {string} seed */
export function dataSetNamed(seed) {
  const dataSet = DATA_SETS[seed]
  if (dataSet) return dataSet
  throw new StepFailed(`There is no data set "${seed}".`, `Choose from: ${Object.keys(DATA_SETS).join(', ')}.`)
}

/**
 * Keeps a district running while `openDesk` runs, then stops it.
 * @template T
 * @param {{ seed: string, data?: string | undefined }} options
 * @param {(desk: { args: string[], env: NodeJS.ProcessEnv }) => Promise<T>} openDesk how the desk's program is to be started
 * @returns {Promise<T>}
 */
export async function withDemoDistrict({ seed, data }, openDesk) {
  const { unitId, deskName, clock: dayBegins } = dataSetNamed(seed)
  const folder = path.resolve(data ?? path.join(DEFAULT_DATA, seed))
  const memory = await rememberedDemo(folder)
  const districtData = path.join(folder, 'district')

  const district = await step('Starting the district server and its database', () =>
    startDistrict({ data: districtData, port: memory.port, seed, clock: demoClock(dayBegins, memory) }),
  )
  try {
    const code = await newEnrolCode({ data: districtData, unitId, deskName })
    // Asked again, so that the desk's clock agrees with the district's although it starts later.
    const clock = demoClock(dayBegins, memory)
    say(`  district: ${district.url}\n  data: ${folder}${clock ? `\n  demo clock: ${clock}` : ''}`)
    return await openDesk({
      args: [`--user-data-dir=${path.join(folder, 'desk')}`, `--enrol=${district.url}#${code}`, ...sandboxArgs()],
      env: clock ? { MOT_CUA_DEMO_CLOCK: clock } : {},
    })
  } finally {
    await step('Stopping the district server', () => district.stop())
  }
}

/** Chromium refuses to start as root with its sandbox on. */
export function sandboxArgs() {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (isRoot) say('  running as root: Chromium’s sandbox is off; use an ordinary account for real work')
  return isRoot ? ['--no-sandbox'] : []
}
