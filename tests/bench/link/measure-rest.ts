import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { root } from '../world/root.ts'
import type { AfterRest } from './after-rest.ts'

const program = path.join(root, 'out', 'bench', 'after-rest', 'main.js')

export function measureRest(): AfterRest {
  const ran = spawnSync(process.execPath, [program], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`the resting program: ${ran.stderr}`)
  return JSON.parse(ran.stdout) as AfterRest
}
