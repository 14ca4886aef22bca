/** `npm run district -- ...`: the district server's own commands, set up and built first when needed. */
import { spawn } from 'node:child_process'
import { bundleAll } from './bundle/bundle-all.mjs'
import { DISTRICT_MAIN } from './paths.mjs'
import { setUpDistrict } from './setup.mjs'
import { forwardSignals, runScript } from './terminal.mjs'

await runScript(async (args) => {
  await setUpDistrict()
  await bundleAll()
  const child = spawn(process.execPath, ['--enable-source-maps', DISTRICT_MAIN, ...args], { stdio: 'inherit' })
  forwardSignals(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
})
