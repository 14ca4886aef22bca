import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { bundleProgram } from '../harness/bundle.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import type { Attack } from './attack.ts'
import { type Checked, checkDisk, checkMirrorAlone } from './power-cut/check-disk.ts'
import { cutWays, diskAt, layOut } from './power-cut/disk.ts'
import { promisesAt } from './power-cut/promises.ts'
import { record, type Work } from './power-cut/recording.ts'
import type { Step } from './power-cut/trace.ts'

interface Planned extends Work {
  /** Disks rebuilt from the recording. */
  readonly states: number
}

/** Most of ordinary work, some as on a system without durable writes, some of a journal going on in a second file. */
const scales: Readonly<Record<'short' | 'long', readonly Planned[]>> = {
  short: [
    { steps: 60, states: 40, isLarge: false, writesAreDurable: true },
    { steps: 60, states: 20, isLarge: false, writesAreDurable: false },
  ],
  long: [
    { steps: 150, states: 250, isLarge: false, writesAreDurable: true },
    { steps: 150, states: 150, isLarge: false, writesAreDurable: false },
    { steps: 400, states: 200, isLarge: false, writesAreDurable: true },
    { steps: 130, states: 100, isLarge: true, writesAreDurable: true },
  ],
}

/**
 * ```
 * a desk at work under strace ──► its system calls ──► power cut after any of them ──► a disk ──► the desk opens it
 *                                                                                        └─ its journal folder gone ──┘
 * ```
 * 1. What the desk called durable before the cut is there, once and readable; the desk opens by itself, calls nothing
 *    damaged, and goes on.
 * 2. On half of the disks the journal folder is gone besides: what was not sent comes back from the mirror alone.
 * 3. Both ways of writing are recorded: writes that are durable when they return, and a sync behind each.
 */
export const powerCut: Attack = {
  id: 'power-cut',
  holds: 'what was called saved before the power went is there, what was not sent also in the mirror alone',
  async run({ seed, scale, folder, say }) {
    if (spawnSync('strace', ['-V']).error) throw new Error('strace is not installed: nothing can be recorded')
    const program = bundleProgram('tests/torture/programs/power-cut-writer.ts', 'power-cut-writer')
    const random = seededRandom(seed)
    // Each by the recording it belongs to, and once however many disks it was looked for on.
    const found = { checked: new Set<string>(), lost: new Set<string>(), doubled: new Set<string>() }
    const broken: string[] = []
    let tries = 0
    let opened = 0
    let looks = 0
    for (const [number, { states, ...work }] of scales[scale].entries()) {
      const recording = await record(program, path.join(folder, `recorded-${number}`), seed + number, work)
      const words = `${work.isLarge ? ', large entries' : ''}${work.writesAreDurable ? '' : ', a sync behind each write'}`
      say(`recorded ${recording.trace.length} steps${words}; cutting ${states} times`)
      for (let state = 0; state < states; state += 1) {
        const cutAt = cutPlace(recording.trace, random)
        const way = cutWays[state % cutWays.length] ?? 'some'
        const target = path.join(folder, 'disk')
        layOut(diskAt(recording.trace, cutAt, way, random), recording.root, target)
        const losesJournal = state % 2 === 1
        const name = `recording ${number}, cut at ${cutAt}, ${way}${losesJournal ? ', journal folder gone' : ''}`
        const check = losesJournal ? checkMirrorAlone : checkDisk
        tries += 1
        try {
          const checked: Checked = await check(promisesAt(recording, cutAt), path.join(target, 'desk'))
          opened += 1
          looks += checked.checked.length
          for (const kind of ['checked', 'lost', 'doubled'] as const) {
            for (const what of checked[kind]) found[kind].add(`${number}: ${what}`)
          }
          broken.push(...checked.lost.map((what) => `${name}: lost ${what}`))
          broken.push(...checked.broken.map((what) => `${name}: ${what}`))
        } catch (cause) {
          broken.push(`${name}: ${cause instanceof Error ? cause.stack : String(cause)}`)
        }
        rmSync(target, { recursive: true, force: true })
      }
    }
    say(`${found.checked.size} entries and scans, looked for ${looks} times on ${tries} disks`)
    return {
      tries,
      acknowledged: found.checked.size,
      lost: found.lost.size,
      duplicated: found.doubled.size,
      opened: { times: opened, of: tries },
      broken,
    }
  },
}

/** Half of the cuts fall right behind something the desk said: there a sync that is missing shows. */
function cutPlace(steps: readonly Step[], random: () => number): number {
  const said = steps.filter((step) => step.kind === 'said')
  const from = random() < 0.5 ? said : steps
  return (from[Math.floor(random() * from.length)]?.start ?? 0) + 1
}
