/** `npm run bench`: measures the app beside its peers and writes out/bench.json; arguments go to tests/bench/run.ts. */
import path from 'node:path'
import { bundleAll, bundlePageProgram, bundleProgram } from './bundle/bundle-all.mjs'
import { runWithDisplay } from './display.mjs'
import { OUT, ROOT } from './paths.mjs'
import { installPackages } from './setup/packages.mjs'
import { setUp } from './setup.mjs'
import { runScript } from './terminal.mjs'

await runScript(async (args) => {
  await setUp('tests')
  // What the desk is measured against: packages of the bench's own, which run no scripts when they are installed.
  await installPackages(path.join(ROOT, 'tests', 'bench'), ['--ignore-scripts', '--omit=peer'])
  await bundleAll()
  await bundleProgram('tests/bench/run.ts', 'out/bench/run/run.js')
  await bundlePageProgram('tests/bench/page/probe.ts', 'out/bench/probe/probe.js')
  await bundlePageProgram('tests/bench/peers/page.ts', 'out/bench/peer-page/page.js')
  await bundleProgram('tests/bench/peers/peers-main.ts', 'out/bench/peers/main.js')
  await bundleProgram('tests/bench/peers/copy-server.ts', 'out/bench/copy-server/server.js')
  await bundleProgram('tests/bench/clients/desk-client.ts', 'out/bench/desk-client/main.js')
  await bundleProgram('tests/bench/clients/pouch-client.ts', 'out/bench/pouch-client/main.js')
  await bundleProgram('tests/bench/clients/copy-client.ts', 'out/bench/copy-client/main.js')
  await bundleProgram('tests/bench/link/desk-day.ts', 'out/bench/desk-day/main.js')
  await bundleProgram('tests/bench/link/after-rest.ts', 'out/bench/after-rest/main.js')
  await bundleProgram('tests/bench/link/far-end.ts', 'out/bench/far-end/main.js')
  await bundleProgram('tests/bench/fleet/fleet.ts', 'out/bench/fleet/main.js')
  const program = path.join(OUT, 'bench', 'run', 'run.js')
  const { code } = await runWithDisplay(process.execPath, ['--enable-source-maps', program, ...args])
  return code
})
