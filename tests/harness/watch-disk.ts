import fs from 'node:fs'
import fsp, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { onTestFinished, vi } from 'vitest'

/** One step towards the disk, as it was done; `bytes` is what a file held when it was synced. */
export type DiskStep =
  | { readonly did: 'sync-folder'; readonly path: string }
  | { readonly did: 'sync'; readonly path: string; readonly bytes: number }
  | { readonly did: 'rename'; readonly path: string; readonly to: string }

/** The syncs and renames from here to the end of the test, of what is written without waiting in place; Linux only. */
export function watchDisk(): readonly DiskStep[] {
  const steps: DiskStep[] = []
  const { open, rename } = fsp
  vi.spyOn(fsp, 'open').mockImplementation(async (...asked) => {
    const handle: FileHandle = await open(...asked)
    const sync = handle.sync.bind(handle)
    handle.sync = async () => {
      const stat = await handle.stat()
      const name = fs.readlinkSync(`/proc/self/fd/${handle.fd}`)
      await sync()
      steps.push(
        stat.isDirectory() ? { did: 'sync-folder', path: name } : { did: 'sync', path: name, bytes: stat.size },
      )
    }
    return handle
  })
  vi.spyOn(fsp, 'rename').mockImplementation(async (from, to) => {
    await rename(from, to)
    steps.push({ did: 'rename', path: String(from), to: String(to) })
  })
  // Who imports functions by name sees the watched ones too, and afterwards the old ones.
  syncBuiltinESMExports()
  onTestFinished(() => {
    vi.restoreAllMocks()
    syncBuiltinESMExports()
  })
  return steps
}

/** What was done for a file that got its name by a rename: its bytes synced whole, the name given, its folder synced. */
export function stepsBehind(file: string, steps: readonly DiskStep[]): readonly DiskStep['did'][] {
  const { size } = fs.statSync(file)
  const from = steps.find((step) => step.did === 'rename' && step.to === file)?.path
  const behind = steps.filter((step) => {
    if (step.did === 'sync') return step.path === from && step.bytes === size
    return step.did === 'rename' ? step.to === file : step.path === path.dirname(file)
  })
  return behind.map(({ did }) => did)
}
