/** `npm start`: a district and a desk to try; without a screen, a guided tour that leaves pictures in out/tour/. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bundleAll } from './bundle/bundle-all.mjs'
import { DEMO_OPTIONS, dataSetNamed, withDemoDistrict } from './demo/demo.mjs'
import { runWithDisplay } from './display.mjs'
import { inWords } from './lanes/lane.mjs'
import { runPlaywright } from './lanes/playwright.mjs'
import { OUT, ROOT } from './paths.mjs'
import { hasDisplay } from './setup/system-libraries.mjs'
import { setUp } from './setup.mjs'
import { runScript, say } from './terminal.mjs'

const USAGE = `npm start -- [--seed vu-ban-2022|vu-ban-2025] [--data FOLDER] [--tour]

  --seed   Vụ Bản district with its 18 communes of 2022 (the default), or today's commune Vụ Bản in Ninh Bình
  --data   where the district and the desk keep their data (default: out/data/SEED)
  --tour   play the data set's guided tour; this is what happens anyway where there is no screen`

/**
 * On a day of its own and fresh data, so that its pictures can be compared.
 * @param {string} seed
 */
async function playTour(seed) {
  say(`» Playing the guided tour of ${seed}`)
  const counts = await runPlaywright('tour', { args: [`${seed}.spec.ts`] })
  const folder = path.relative(process.cwd(), path.join(OUT, 'tour'))
  say(`The tour is over: ${inWords(counts)}. Its pictures and papers are in ${folder}/`)
  return counts.failed > 0 ? 1 : 0
}

await runScript(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { ...DEMO_OPTIONS, tour: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  })
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  dataSetNamed(values.seed)
  const runtime = await setUp('desk')
  await bundleAll()
  if (values.tour || !hasDisplay()) return playTour(values.seed)
  return withDemoDistrict(values, async (desk) => {
    say('» Opening the desk; close its window to end')
    const { code } = await runWithDisplay(runtime.binary, [ROOT, ...desk.args], desk.env)
    return code
  })
})
