/** `npm run torture`: attacks what was acknowledged and writes out/torture.json; arguments go to tests/torture/run.ts. */
import { runTorture } from './lanes/torture.mjs'
import { setUp } from './setup.mjs'
import { runScript } from './terminal.mjs'

await runScript(async (args) => {
  await setUp('tests')
  const { code } = await runTorture(args)
  return code
})
