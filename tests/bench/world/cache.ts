import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './root.ts'

/**
 * What takes minutes to fill is kept for the next run:
 * ```
 * out/bench/cache/<kind>-<dossiers>-<hash of what it was made by>/   complete: renamed to this when it was full
 *                 <kind>-<dossiers>-<hash>.filling/                 a run that broke off left this; made anew
 * ```
 * 1. A change of any source that decides what is written gives another name, so that nothing old is ever measured.
 * 2. Only the newest of a kind and size is kept.
 */
const folder = path.join(root, 'out', 'bench', 'cache')

/** Raised when the bench itself fills in another way. */
const fillVersion = '1'

export interface CacheWish {
  readonly kind: string
  readonly dossiers: number
  /** Files and folders of the project it depends on. */
  readonly sources: readonly string[]
  readonly fill: (folder: string) => Promise<void>
}

/** Answers the folder of what was filled, now or in an earlier run. */
export async function cached({ kind, dossiers, sources, fill }: CacheWish): Promise<string> {
  const stem = `${kind}-${dossiers}-`
  const place = path.join(folder, stem + hashOf(sources))
  if (fs.existsSync(place)) return place
  fs.mkdirSync(folder, { recursive: true })
  for (const name of fs.readdirSync(folder).filter((each) => each.startsWith(stem))) {
    fs.rmSync(path.join(folder, name), { recursive: true, force: true })
  }
  const filling = `${place}.filling`
  fs.mkdirSync(filling)
  fs.chmodSync(filling, 0o711)
  await fill(filling)
  fs.renameSync(filling, place)
  return place
}

/** Everything kept is made anew when it is next asked for. */
export function forgetCache(): void {
  fs.rmSync(folder, { recursive: true, force: true })
}

/** A copy with owners and modes: PostgreSQL insists on its own. */
export function copyFolder(from: string, to: string): void {
  const copied = spawnSync('cp', ['-a', '--reflink=auto', from, to], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(`copying ${from}: ${copied.stderr}`)
}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256').update(fillVersion)
  for (const file of sources.flatMap(filesIn)) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

function filesIn(source: string): readonly string[] {
  const full = path.join(root, source)
  if (fs.statSync(full).isFile()) return [full]
  const entries = fs.readdirSync(full, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}
