import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Between two writes, as between two commands: a disk that is kept busy answers sooner. Longer than a command takes to
 * be seen (`command-screen`), so that what the page does for one is not measured as part of the next.
 */
export const pauseMs = 120

/** The floor under any durable write: the same number of bytes appended to a file and forced to the disk. */
export async function rawFsync(folder: string, bytes: number, times: number): Promise<readonly number[]> {
  const handle = await open(path.join(folder, 'raw-fsync'), 'w')
  const content = randomBytes(bytes)
  const samples: number[] = []
  try {
    for (let time = 0; time < times; time += 1) {
      const start = performance.now()
      await handle.write(content, 0, bytes, time * bytes)
      await handle.datasync()
      samples.push(performance.now() - start)
      await pause(pauseMs)
    }
  } finally {
    await handle.close()
  }
  return samples
}
