import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { exchangeFigures } from './figures/exchange-figures.ts'
import { demoNow } from './world/demo-day.ts'
import { startDistrict } from './world/district-process.ts'
import { fillDistrict } from './world/fill-district.ts'
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mot-cua-bench-'))
fs.chmodSync(folder, 0o711)
const district = await startDistrict(path.join(folder, 'district'), demoNow())
try {
  let t = performance.now()
  if (!process.env.NOFILL) { console.log(await fillDistrict(district, 'goi', 5000, 1), performance.now() - t) }
  t = performance.now()
  console.log(await exchangeFigures(district, folder, 5), performance.now() - t)
} finally { await district.stop(); fs.rmSync(folder, { recursive: true, force: true }) }
