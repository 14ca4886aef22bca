import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { registerOf } from '../world/register.ts'
import { ownBatches } from './own-batches.ts'

const betweenMs = 200
/** Enough for a quarter of an hour. */
const dossiers = 800

export interface OtherDesk {
  /** Throws when it could not work all the time. */
  readonly stop: () => Promise<void>
}

/**
 * A desk of that commune, on a good line, which hands in one event after the other: a district in service is not left alone for
 * seconds. Here that shows, for memory nobody has touched for a second is slow to come back to a virtual machine.
 */
export async function otherDesk(district: DistrictProcess, folder: string, unitId: string): Promise<OtherDesk> {
  fs.mkdirSync(folder, { recursive: true })
  const desk = await openNodeDesk({ folder, demoClock: demoNow() })
  await enrolDesk(desk, district.url, district.code(unitId, 'Quầy 1'), 'Quầy 1')
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  const publications = desk.reference.current()
  const events = registerOf({ ...identity, publications }, { dossiers, seed: 77 })
  desk.startExchange()
  let isOver = false
  const working = work()
  working.catch(() => undefined)

  async function work(): Promise<void> {
    for (const event of events) {
      if (isOver) return
      await desk.journal.append(ownBatches(desk, [event]))
      await desk.findExchange()?.now()
      if (desk.journal.index.unsent.size > 0) throw new Error('the other desk could not hand in its event')
      await sleep(betweenMs)
    }
    throw new Error('the other desk has no more events')
  }

  return {
    async stop() {
      isOver = true
      await working.finally(() => desk.close())
    },
  }
}
