import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Attack, type AttackResult, held, type Scale } from './attack.ts'
import { attacks } from './attacks.ts'
import { type Attacked, mergeResults, readResults, writeResults } from './results.ts'

const usage = `npm run torture [-- --only ID]... [--seed N] [--short] [--report FILE]

  --only   one attack: ${attacks.map(({ id }) => id).join(', ')}
  --seed   repeats a run (default: a new one, printed)
  --fresh  one attack that takes a new seed all the same
  --short  the small version that npm test runs
  --report where the results go (default out/torture.json)

Every attack replaces its own result there and leaves the others.`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seed: { type: 'string' },
    fresh: { type: 'string', multiple: true },
    short: { type: 'boolean', default: false },
    report: { type: 'string', default: path.join('out', 'torture.json') },
    help: { type: 'boolean', default: false },
  },
})
const chosen = attacks.filter(({ id }) => values.only?.includes(id) ?? true)
const newSeed = () => Math.floor(Math.random() * 1e9)
const given = Number(values.seed ?? newSeed())
const unknown = (values.only ?? []).filter((id) => !attacks.some((attack) => attack.id === id))

if (values.help || unknown.length > 0 || !Number.isSafeInteger(given)) {
  console.log(usage)
  process.exitCode = values.help ? 0 : 1
} else {
  const order = attacks.map(({ id }) => id)
  let results = readResults(values.report)
  let areHeld = chosen.length > 0
  const tryInTurn = async (turn: readonly Attack[]) => {
    for (const attack of turn) {
      const attacked = await runOne(attack, values.short ? 'short' : 'long')
      areHeld &&= attacked.held
      results = mergeResults(results, attacked, order)
      // After each attack, so that a run that is cut short keeps what it has.
      writeResults(values.report, results)
    }
  }
  const isApart = ({ playsApart }: Attack) => values.short && playsApart === true
  await Promise.all([
    tryInTurn(chosen.filter((attack) => !isApart(attack))),
    tryInTurn(chosen.filter((attack) => isApart(attack))),
  ])
  console.log(table(results.attacks))
  process.exitCode = areHeld ? 0 : 1
}

/** An attack that throws has shown nothing: it counts as broken. */
async function runOne(attack: Attack, scale: Scale): Promise<Attacked> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `mot-cua-torture-${attack.id}-`))
  // The database's own user has to walk through.
  fs.chmodSync(folder, 0o711)
  const startedAt = performance.now()
  const seed = values.fresh?.includes(attack.id) ? newSeed() : given
  const say = (line: string) => process.stderr.write(`» ${attack.id}: ${line}\n`)
  say(`seed ${seed}; must hold: ${attack.holds}`)
  const result = await attack.run({ seed, scale, folder, say }).catch(
    (cause: unknown): AttackResult => ({
      tries: 0,
      acknowledged: 0,
      lost: 0,
      duplicated: 0,
      opened: { times: 0, of: 0 },
      broken: [cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)],
    }),
  )
  const isHeld = held(result)
  // What broke is worth looking at.
  if (isHeld) fs.rmSync(folder, { recursive: true, force: true })
  else for (const line of [...result.broken.slice(0, 10), `left in ${folder}`]) say(line)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  return { id: attack.id, ...result, seed, scale, seconds, held: isHeld }
}

function table(rows: readonly Attacked[]): string {
  const head = ['attack', 'tries', 'acknowledged', 'lost', 'duplicated', 'opened', 'seed', 'scale', 'seconds', 'held']
  const cells = rows.map((row) => [
    row.id,
    row.tries,
    row.acknowledged,
    row.lost,
    row.duplicated,
    `${row.opened.times}/${row.opened.of}`,
    row.seed,
    row.scale,
    row.seconds,
    row.held ? 'yes' : 'NO',
  ])
  const lines = [head, head.map(() => '---'), ...cells]
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n')
}
