import { spawnSync } from 'node:child_process'
import os from 'node:os'
import { inspect, parseArgs } from 'node:util'
import type { Figure } from './figures/figure.ts'
import type { Part } from './part.ts'
import { parts } from './parts.ts'
import { printResults, readResults, writeResults } from './report.ts'
import { type Measured, mergeResults } from './results.ts'
import { forgetCache } from './world/cache.ts'
import { root } from './world/root.ts'
import { withWorld } from './world/world.ts'

const usage = `npm run bench -- [--only PART]... [--dossiers N] [--rounds N] [--minutes N] [--fresh]

  --only      one part; may be given again. Without it all are measured:
${parts.map(({ id, what }) => `                ${id.padEnd(10)}${what}`).join('\n')}
  --dossiers  how many dossiers desk and peers hold (default 50000)
  --rounds    rounds of each figure (default 5)
  --minutes   how long a soak lasts (default 30)
  --fresh     fills desk and peers anew instead of taking what an earlier run kept in out/bench/cache

Every part replaces its own figures in out/bench.json and leaves the others there.`

const { values } = parseArgs({
  options: {
    dossiers: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '30' },
    only: { type: 'string', multiple: true },
    fresh: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const dossiers = Number(values.dossiers)
const rounds = Number(values.rounds)
const minutes = Number(values.minutes)
const chosen = parts.filter(({ id, onRequest }) => values.only?.includes(id) ?? !onRequest)
const known = (values.only ?? []).every((id) => parts.some((part) => part.id === id))

if (values.help || !known || !(dossiers >= 500) || !(rounds >= 1) || !(minutes > 0)) {
  console.log(usage)
  process.exitCode = values.help ? 0 : 1
} else {
  if (values.fresh) forgetCache()
  const order = parts.map(({ id }) => id)
  let results = readResults()
  let failures = 0
  for (const part of chosen) {
    const measured = await measure(part)
    if (measured.failure !== undefined) failures += 1
    results = mergeResults(results, measured, order)
    // After each part, so that a run that is cut short keeps what it has.
    writeResults(results)
  }
  printResults(results)
  process.exitCode = failures > 0 ? 1 : 0
}

async function measure(part: Part): Promise<Measured> {
  const start = performance.now()
  const elapsed = () => Math.round((performance.now() - start) / 1000)
  const loadBefore = load()
  const say = (line: string) => process.stderr.write(`» ${part.id} (${elapsed()} s): ${line}\n`)
  say('begins')
  let figures: readonly Figure[] = []
  let failure: string | undefined
  try {
    figures = await withWorld({ rounds, dossiers, minutes, say }, part.run)
  } catch (cause) {
    failure = inspect(cause)
    say(`FAILED: ${failure}`)
  }
  say('done')
  const commit = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).stdout.trim()
  const at = new Date().toISOString()
  const conditions = { at, seconds: elapsed(), commit, dossiers, rounds, loadBefore, loadAfter: load() }
  return { part: part.id, conditions, figures, failure }
}

function load(): number {
  return Number((os.loadavg()[0] ?? 0).toFixed(1))
}
