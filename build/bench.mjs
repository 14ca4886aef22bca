/** `npm run bench`: measures the app and writes out/bench.json; arguments go to tests/bench/run.ts. */
import path from 'node:path'
import { bundleAll, bundlePageProgram, bundleProgram } from './bundle/bundle-all.mjs'
import { runWithDisplay } from './display.mjs'
import { OUT } from './paths.mjs'
import { setUp } from './setup.mjs'
import { runScript } from './terminal.mjs'

await runScript(async (args) => {
  await setUp('tests')
  await bundleAll()
  await bundleProgram('tests/bench/run.ts', 'out/bench/run.js')
  await bundlePageProgram('tests/bench/page/probe.ts', 'out/bench/probe.js')
  const { code } = await runWithDisplay(process.execPath, [
    '--enable-source-maps',
    path.join(OUT, 'bench', 'run.js'),
    ...args,
  ])
  return code
})
