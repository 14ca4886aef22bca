import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..', '..')

/** Bundles a TypeScript program of the tests for plain Node and answers where it lies. */
export function bundleProgram(entry: string, name: string): string {
  const output = path.join('out', 'test-programs', name, 'main.js')
  const built = spawnSync(process.execPath, ['build/bundle/node-bundle.mjs', entry, output], {
    cwd: root,
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`bundling ${entry} failed: ${built.stderr}`)
  // Programs that open a district's database look for its migrations beside themselves.
  const migrations = path.join('district', 'store', 'migrations')
  cpSync(path.join(root, migrations), path.join(root, 'out', 'test-programs', 'migrations'), { recursive: true })
  return path.join(root, output)
}
