/** `npm test`: every lane in order, or one with `--lane NAME`; the last line tells the counts. */
import { parseArgs } from 'node:util'
import { buildLane } from './lanes/build.mjs'
import { checkLane } from './lanes/check.mjs'
import { add, inWords, NONE, runLane } from './lanes/lane.mjs'
import { e2eLane } from './lanes/playwright.mjs'
import { tortureLane } from './lanes/torture.mjs'
import { vitestLane } from './lanes/vitest.mjs'
import { setUp } from './setup.mjs'
import { explain, runScript, StepFailed } from './terminal.mjs'

const LANES = [checkLane, vitestLane, buildLane, tortureLane, e2eLane]

/** @param {readonly string[]} args */
function chosenLanes(args) {
  const { values } = parseArgs({ args: [...args], options: { lane: { type: 'string', multiple: true } } })
  const names = values.lane ?? LANES.map((lane) => lane.name)
  const unknown = names.find((name) => !LANES.some((lane) => lane.name === name))
  if (unknown) {
    throw new StepFailed(`There is no lane "${unknown}".`, `Choose from: ${LANES.map((lane) => lane.name).join(', ')}.`)
  }
  return LANES.filter((lane) => names.includes(lane.name))
}

await runScript(async (args) => {
  let counts = NONE
  try {
    const lanes = chosenLanes(args)
    await setUp('tests')
    for (const lane of lanes) counts = add(counts, await runLane(lane))
  } catch (error) {
    explain(error)
    counts = add(counts, { ...NONE, failed: 1 })
  }
  // The last line of the output, whatever happened before it.
  console.log(`\n${inWords(counts)}`)
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0
})
