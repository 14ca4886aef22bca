/** The lane of format, rules, types and unused code; each step counts as one test. */
import { CHECKS } from '../check/findings.mjs'
import { tryPlantedViolations } from '../check/planted-violations.mjs'
import { ROOT } from '../paths.mjs'
import { run, secondsSince } from '../terminal.mjs'
import { add, NONE } from './lane.mjs'

/**
 * @param {string} title
 * @param {() => Promise<{ ok: boolean, words: string }>} work
 * @returns {Promise<import('./lane.mjs').Counts>}
 */
async function countAsOne(title, work) {
  const startedAt = performance.now()
  const { ok, words } = await work()
  console.log(`  ${ok ? 'passed' : 'FAILED'}: ${title} (${secondsSince(startedAt)})`)
  if (words) console.log(words.replace(/^/gm, '    '))
  return { ...NONE, [ok ? 'passed' : 'failed']: 1 }
}

/** @param {(typeof CHECKS)[number]} check */
async function runTool({ args, remedy }) {
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT })
  return { ok: code === 0, words: code === 0 ? '' : `${stdout}${stderr}\n${remedy}`.trim() }
}

async function runPlantedViolations() {
  const { planted, complaints } = await tryPlantedViolations()
  return { ok: planted > 0 && complaints.length === 0, words: complaints.join('\n') }
}

/** @type {import('./lane.mjs').Lane} */
export const checkLane = {
  name: 'check',
  title: 'format, rules, types, unused code, planted violations',
  async run() {
    let counts = NONE
    for (const check of CHECKS) counts = add(counts, await countAsOne(check.title, () => runTool(check)))
    return add(counts, await countAsOne('every planted violation is caught', runPlantedViolations))
  },
}
