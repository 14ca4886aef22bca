/** `npm run check`: format, rules, types, unused code, and the proof that violations are caught. */
import { checkLane } from './lanes/check.mjs'
import { runLane } from './lanes/lane.mjs'
import { setUpDistrict } from './setup.mjs'
import { runScript } from './terminal.mjs'

await runScript(async () => {
  await setUpDistrict()
  const { failed } = await runLane(checkLane)
  return failed > 0 ? 1 : 0
})
