import path from 'node:path'
import { bundleProgram } from '../harness/bundle.ts'
import { type Attack, type AttackResult, sumOf } from './attack.ts'
import { runProgram } from './run-program.ts'

const atOnce = 2
/** A process plays so many, so that the processes end at about the same time. */
const schedulesEach = 2_500
/** A schedule meets some 2.2 faults that count. */
const schedules = { short: 10_000, long: 46_000 }
const faultsOfLongRun = 100_000

/**
 * ```
 * 2–4 desks ──► line that loses, doubles, delays, reorders, cuts, garbles, answers itself; in some worlds it
 *               shows another key under TLS, or holds on to what is sent until the desk gives up ──► district
 * ```
 * One schedule is a stretch of work on such a line, then calm, then every ledger compared (`line/schedule.ts`). Each
 * process has a real PostgreSQL, real districts and real desks of its own. The same seed plays the same worlds again, and what
 * breaks names the first seed of its world: `TEST_SCHEDULES=250` with that `--seed` plays it alone.
 * A try is a faulted operation: one request that was lost, doubled, broken off, held too long, changed, or answered by
 * something in between, on its way there or back. What only came some milliseconds later is played and not counted.
 */
export const line: Attack = {
  id: 'line',
  holds: 'each event exactly once on both sides, whatever the line does',
  playsApart: true,
  async run({ seed, scale, folder, say }) {
    const program = bundleProgram('tests/torture/programs/line-part.ts', 'line-part')
    const wanted = Number(process.env['TEST_SCHEDULES'] ?? schedules[scale])
    const parts: AttackResult[] = []
    let started = 0
    await Promise.all(Array.from({ length: atOnce }, runParts))
    const sums = parts.reduce(sumOf)
    say(`${sums.schedules} schedules, ${sums.tries} faulted operations`)
    const isWhole = scale === 'long' && wanted >= schedules.long
    const missed = isWhole && sums.tries < faultsOfLongRun ? [`${sums.tries} faults instead of ${faultsOfLongRun}`] : []
    return { ...sums, broken: [...sums.broken, ...missed] }

    async function runParts(): Promise<void> {
      while (started < wanted) {
        const first = started
        const count = Math.min(schedulesEach, wanted - first)
        started += count
        const args = [path.join(folder, String(first)), String(seed + first), String(count)]
        parts.push(JSON.parse(await runProgram(program, args, say)) as AttackResult)
      }
    }
  },
}
