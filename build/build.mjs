/** `npm run build`: bundles the desk and the district into `out/`. */
import { bundleAll } from './bundle/bundle-all.mjs'
import { setUpDistrict } from './setup.mjs'
import { runScript } from './terminal.mjs'

await runScript(async () => {
  await setUpDistrict()
  await bundleAll()
})
