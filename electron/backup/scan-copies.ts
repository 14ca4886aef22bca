import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { hasCode, ownFolder, writeDurably } from '../disk/durable-file.ts'
import { type BackupPlace, isLeftOut, isSettled } from './backup-place.ts'

/** Copies scans, which never change once written: what is there under its name is not looked at again. */
export interface ScanCopies {
  /** Answers how many were copied. */
  readonly copyNew: () => Promise<number>
}

/** Scans lie in folders named by two signs; a folder that has not changed holds nothing new. */
export function createScanCopies(scanFolder: string, place: BackupPlace): ScanCopies {
  const seen = new Map<string, number>()

  async function copyFolder(name: string): Promise<number> {
    const from = path.join(scanFolder, name)
    const to = path.join(place.scans, name)
    const { mtimeMs } = await stat(from)
    if (seen.get(name) === mtimeMs) return 0
    await ownFolder(to)
    const held = new Set(await readdir(to))
    let copied = 0
    for (const scan of await readdir(from)) {
      if (held.has(scan) || isLeftOut(scan)) continue
      const bytes = await readFile(path.join(from, scan)).catch((cause: unknown) => {
        if (hasCode(cause, 'ENOENT')) return undefined
        throw cause
      })
      if (!bytes) continue
      await writeDurably(path.join(to, scan), bytes)
      copied += 1
    }
    // Only now: a failed copy has to be tried again.
    if (isSettled(mtimeMs)) seen.set(name, mtimeMs)
    return copied
  }

  return {
    async copyNew() {
      let copied = 0
      for (const entry of await foldersIn(scanFolder)) copied += await copyFolder(entry)
      return copied
    },
  }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name)).map(({ name }) => name)
}
