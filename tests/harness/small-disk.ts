import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const pageBytes = 4096

/** A real file system of a few megabytes. */
export interface SmallDisk {
  readonly folder: string
  /** Takes all the room there is but some pages; also once more, when something was deleted since. */
  readonly fill: (restPages?: number) => void
  /** Gives the room back. */
  readonly free: () => void
  readonly setReadOnly: (readOnly: boolean) => Promise<void>
  readonly unmount: () => void
}

export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { mode: 0o711 })
  mount(['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', folder])
  const filler = path.join(folder, 'filler')
  return {
    folder,
    fill(restPages = 0) {
      const pages = Number(spawnSync('stat', ['-f', '-c', '%a', folder], { encoding: 'utf8' }).stdout)
      if (pages <= restPages) return
      try {
        appendFileSync(filler, Buffer.alloc((pages - restPages) * pageBytes))
      } catch (cause) {
        // Whoever else writes there took some of it meanwhile.
        if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause
      }
    },
    free: () => rmSync(filler, { force: true }),
    async setReadOnly(readOnly) {
      const args = ['-o', readOnly ? 'remount,ro' : 'remount,rw', folder]
      // The log of a desk just closed may still be closing its file.
      for (let waited = 0; waited < 200 && spawnSync('mount', args).status !== 0; waited += 1) await wait(10)
      mount(args)
    },
    unmount: () => void spawnSync('umount', ['-l', folder]),
  }
}

function mount(args: readonly string[]): void {
  const done = spawnSync('mount', args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`no small disk can be mounted here (${done.stderr.trim()}): nothing was tried`)
}
