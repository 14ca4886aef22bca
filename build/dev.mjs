/** `npm run dev`: the desk with hot reload in Electron, beside a running district. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bundleDistrict } from './bundle/bundle-all.mjs'
import { forgetStamp } from './bundle/source-stamp.mjs'
import { DEMO_OPTIONS, withDemoDistrict } from './demo/demo.mjs'
import { runWithDisplay } from './display.mjs'
import { DEFAULT_DATA, inNodeModules } from './paths.mjs'
import { setUp } from './setup.mjs'
import { runScript, step } from './terminal.mjs'

await runScript(async (args) => {
  const { values } = parseArgs({ args: [...args], options: DEMO_OPTIONS })
  await setUp('desk')
  // The bundles made while developing are not those a build makes.
  forgetStamp()
  await step('Building the district', bundleDistrict)
  const data = values.data ?? path.join(DEFAULT_DATA, `dev-${values.seed}`)
  return withDemoDistrict({ seed: values.seed, data }, async (desk) => {
    const electronVite = inNodeModules('electron-vite/bin/electron-vite.js')
    const config = path.join(import.meta.dirname, 'bundle', 'electron.vite.config.mjs')
    const command = [electronVite, 'dev', '--watch', '--config', config, '--', ...desk.args]
    const { code } = await runWithDisplay(process.execPath, command, desk.env)
    return code
  })
})
