/** `npm run torture`: attacks what was acknowledged and writes out/torture.json; arguments go to tests/torture/run.ts. */
import path from 'node:path'
import { bundleAll, bundleProgram } from './bundle/bundle-all.mjs'
import { runWithDisplay } from './display.mjs'
import { OUT } from './paths.mjs'
import { setUp } from './setup.mjs'
import { runScript } from './terminal.mjs'

await runScript(async (args) => {
  await setUp('tests')
  await bundleAll()
  await bundleProgram('tests/torture/run.ts', 'out/torture/run.js')
  const program = path.join(OUT, 'torture', 'run.js')
  const { code } = await runWithDisplay(process.execPath, ['--enable-source-maps', program, ...args])
  return code
})
