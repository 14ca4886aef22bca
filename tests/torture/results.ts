import fs from 'node:fs'
import type { AttackResult, Scale } from './attack.ts'

/** How one attack went the last time it was tried. */
export interface Attacked extends AttackResult {
  readonly id: string
  readonly seed: number
  readonly scale: Scale
  readonly seconds: number
  readonly held: boolean
}

/** What `out/torture.json` holds. */
export interface Results {
  readonly attacks: readonly Attacked[]
}

/** An attack tried again replaces its own result and leaves the others; those that are gone disappear. */
export function mergeResults(before: Results, attacked: Attacked, order: readonly string[]): Results {
  const others = before.attacks.filter(({ id }) => id !== attacked.id && order.includes(id))
  return { attacks: [...others, attacked].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) }
}

export function readResults(file: string): Results {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Results
  } catch {
    return { attacks: [] }
  }
}

export function writeResults(file: string, results: Results): void {
  fs.writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`)
}
