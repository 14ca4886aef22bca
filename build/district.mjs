/** `npm run district -- ...`: the district server's own commands, set up and built first when needed. */
import { bundleAll } from './bundle/bundle-all.mjs'
import { DISTRICT_MAIN, DISTRICT_NODE_FLAGS } from './paths.mjs'
import { setUpDistrict } from './setup.mjs'
import { run, runScript } from './terminal.mjs'

await runScript(async (args) => {
  await setUpDistrict()
  await bundleAll()
  const { code } = await run(process.execPath, [...DISTRICT_NODE_FLAGS, DISTRICT_MAIN, ...args], { show: true })
  return code
})
