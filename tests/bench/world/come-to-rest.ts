import os from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

const lookMs = 250
const quietLooks = 3
const quietShare = 0.9
const waitAtMostMs = 20_000

/**
 * Waits until the machine has nothing left to do, so that no store's time holds what another left behind: compacting, flushing.
 * Says so when it did not come to rest in time.
 */
export async function comeToRest(say: (line: string) => void): Promise<void> {
  const deadline = performance.now() + waitAtMostMs
  let quiet = 0
  let before = cpuTimes()
  while (performance.now() < deadline) {
    await pause(lookMs)
    const now = cpuTimes()
    quiet = (now.idle - before.idle) / (now.all - before.all) >= quietShare ? quiet + 1 : 0
    before = now
    if (quiet >= quietLooks) return
  }
  say('the machine did not come to rest before the next figure')
}

function cpuTimes(): { readonly idle: number; readonly all: number } {
  let idle = 0
  let all = 0
  for (const { times } of os.cpus()) {
    idle += times.idle
    all += times.idle + times.user + times.nice + times.sys + times.irq
  }
  return { idle, all }
}
