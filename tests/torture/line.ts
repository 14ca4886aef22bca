import path from 'node:path'
import { bundleProgram } from '../harness/bundle.ts'
import { type Attack, type AttackResult, sumOf } from './attack.ts'
import { runProgram } from './run-program.ts'

const processes = 2
/** A schedule meets some 3.8 faults: the long run has more than 100,000. */
const schedules = { short: 10_000, long: 40_000 }

/**
 * ```
 * 2–4 desks ──► TLS line that loses, doubles, delays, reorders, cuts, garbles, answers itself, shows another key ──► district
 * ```
 * One schedule is a stretch of work on such a line, then calm, then every ledger compared (`line/schedule.ts`). Each
 * process has a real PostgreSQL, real districts and real desks of its own; seed + n repeats the n-th schedule as the first.
 * A try is a faulted operation: one request that the line treated badly.
 */
export const line: Attack = {
  id: 'line',
  holds: 'each event exactly once on both sides, whatever the line does',
  needsElectron: false,
  async run({ seed, scale, folder, say }) {
    const program = bundleProgram('tests/torture/programs/line-part.ts', 'line-part')
    const share = Math.ceil(schedules[scale] / processes)
    const parts = await Promise.all(
      Array.from({ length: processes }, (_, part) => {
        const args = [path.join(folder, String(part)), String(seed + part * share), String(share)]
        return runProgram(program, args, (words) => say(`process ${part + 1}: ${words}`))
      }),
    )
    const sums = parts.map((output) => JSON.parse(output) as AttackResult).reduce(sumOf)
    say(`${sums.schedules} schedules, ${sums.tries} faulted operations`)
    return sums
  },
}
