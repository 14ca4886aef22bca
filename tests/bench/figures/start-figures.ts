import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import type { Part } from '../part.ts'
import { longestTask, signIn, whenDoorIsReady } from '../world/desk-page.ts'
import { startApp } from '../world/electron-app.ts'
import { memoryOf } from '../world/memory.ts'
import { figureOf } from './figure.ts'

/** Long enough for the garbage of the start to be collected. */
const restMs = 4_000
const pageCache = '/proc/sys/vm/drop_caches'

/**
 * From the spawn of the process to a work list that is whole. The time a person takes to type the sign-in code is left
 * out: what comes before the sign-in screen, and button → list, are added.
 */
export const startPart: Part = {
  id: 'start',
  what: 'cold start, longest task, memory',
  async run({ rounds, filledDesk, say }) {
    const { profile, open } = await filledDesk()
    const cold: number[][] = []
    const whole: number[][] = []
    const door: number[][] = []
    const rows: number[][] = []
    const tasks: number[][] = []
    const memory: number[][] = []
    const fromDisk: number[][] = []
    const all: number[][] = []
    // The first start after a build fills the code cache, as the first start after an installation does.
    for (let round = -1; round < rounds; round += 1) {
      const app = await startApp(profile)
      try {
        const { doorAt, shownAt } = await whenDoorIsReady(app.page)
        const { rowsMs, wholeMs } = await signIn(app.page, open)
        say(`start ${round + 1} of ${rounds}: list whole ${Math.round(wholeMs)} ms after signing in`)
        if (round < 0) continue
        cold.push([Math.max(0, doorAt - shownAt) + wholeMs])
        whole.push([doorAt - app.spawnedAt + wholeMs])
        door.push([doorAt - app.spawnedAt])
        rows.push([rowsMs])
        await app.page.waitForTimeout(restMs)
        tasks.push([await longestTask(app.page, shownAt)])
        const used = memoryOf(app.pid)
        memory.push([(used.get('main') ?? 0) + (used.get('renderer') ?? 0)])
        all.push([[...used.values()].reduce((sum, each) => sum + each, 0)])
      } finally {
        await app.close()
      }
    }
    for (let round = 0; round < rounds && forgetFiles(); round += 1) {
      const app = await startApp(profile)
      try {
        const { doorAt, shownAt } = await whenDoorIsReady(app.page)
        const { wholeMs } = await signIn(app.page, open)
        fromDisk.push([Math.max(0, doorAt - shownAt) + wholeMs])
        say(`start from the disk ${round + 1} of ${rounds}: list whole ${Math.round(wholeMs)} ms after signing in`)
      } finally {
        await app.close()
      }
    }
    const ms = 'ms'
    const disk = 'the same when the machine has none of its files in memory, as after switching it on'
    return [
      ...(fromDisk.length > 0 ? [figureOf({ id: 'cold-start-disk', what: disk, unit: ms, rounds: fromDisk })] : []),
      figureOf({ id: 'cold-start', what: 'window shown → whole work list', unit: ms, rounds: cold }),
      figureOf({ id: 'cold-start-process', what: 'start of the process → whole work list', unit: ms, rounds: whole }),
      figureOf({ id: 'cold-start-door', what: 'start of the process → sign-in screen', unit: ms, rounds: door }),
      figureOf({ id: 'first-rows', what: 'sign-in → first rows of the list', unit: ms, rounds: rows }),
      figureOf({ id: 'long-task', what: 'longest task of the page after it was shown', unit: ms, rounds: tasks }),
      figureOf({ id: 'memory', what: 'main + renderer at rest, PSS', unit: 'MB', rounds: memory }),
      figureOf({ id: 'memory-all', what: 'all processes of the app at rest, PSS', unit: 'MB', rounds: all }),
    ]
  },
}

/** What the machine keeps of files in memory is dropped; false where this process may not do that. */
function forgetFiles(): boolean {
  try {
    spawnSync('sync')
    fs.writeFileSync(pageCache, '3')
    return true
  } catch {
    return false
  }
}
