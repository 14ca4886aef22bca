import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import type { World } from '../part.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { ownRegister } from '../world/own-register.ts'
import { ownBatches } from './own-batches.ts'

const betweenMs = 200
/** Some twenty minutes of work. */
const dossiers = 1_000
/** After a longer pause the district was not kept at work. */
const longestPauseMs = 1_500

export interface OtherDesk {
  /** Throws unless the desk worked all the time since it began. */
  readonly check: () => void
}

/** A desk of that commune, on a good line, which hands in five events a second until the part ends: more than two hundred desks make. */
export async function otherDesk(
  { whenDone }: World,
  district: DistrictProcess,
  folder: string,
  unitId: string,
): Promise<OtherDesk> {
  fs.mkdirSync(folder, { recursive: true })
  const desk = await openNodeDesk({ folder, demoClock: demoNow() })
  let isOver = false
  whenDone(async () => {
    isOver = true
    await desk.close()
  })
  await enrolDesk(desk, district.url, district.code(unitId, 'Quầy 1'), 'Quầy 1')
  const events = ownRegister(desk, { dossiers, seed: 77 })
  desk.startExchange()
  let handedInAt = performance.now()
  let longestPause = 0
  void work().catch(() => undefined)

  async function work(): Promise<void> {
    for (const event of events) {
      if (isOver) return
      await desk.journal.append(ownBatches(desk, [event]))
      await desk.findExchange()?.now()
      if (desk.journal.index.unsent.size > 0) return
      notePause()
      handedInAt = performance.now()
      await sleep(betweenMs)
    }
  }

  function notePause(): void {
    longestPause = Math.max(longestPause, performance.now() - handedInAt)
  }

  return {
    check() {
      notePause()
      if (longestPause > longestPauseMs) throw new Error(`the other desk paused for ${Math.round(longestPause)} ms`)
    },
  }
}
