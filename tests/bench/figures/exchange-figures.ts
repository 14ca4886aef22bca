import path from 'node:path'
import type { Desk } from '../../../electron/desk.ts'
import type { Batch } from '../../../electron/journal/batch.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { registerOf } from '../world/register.ts'
import { type Figure, figureOf } from './figure.ts'

const dossiersPerRound = 2000
const eventsPerFrame = 20
const unitId = 'minh-thuan'

/**
 * One desk hands in 2,000 new dossiers, then the other takes them in; both journals and the database are durable when
 * the clock stops. The desks run as in the app but without windows, one at a time.
 */
export async function exchangeFigures(district: DistrictProcess, folder: string, rounds: number): Promise<Figure[]> {
  const giver = { folder: path.join(folder, 'giver'), name: 'Quầy 1' }
  const taker = { folder: path.join(folder, 'taker'), name: 'Quầy 2' }
  for (const { folder, name } of [giver, taker]) {
    await withDesk(folder, (desk) => enrolDesk(desk, district.url, district.code(unitId, name), name))
  }
  const pushes: number[][] = []
  const pulls: number[][] = []
  for (let round = 0; round < rounds; round += 1) {
    await withDesk(giver.folder, async (desk) => {
      await keepRegister(desk, round)
      pushes.push([dossiersPerRound / (await secondsOfExchange(desk))])
      if (desk.journal.index.unsent.size > 0) throw new Error('not everything was handed in')
    })
    await withDesk(taker.folder, async (desk) => {
      pulls.push([dossiersPerRound / (await secondsOfExchange(desk))])
      if (desk.journal.index.dossiers.size !== (round + 1) * dossiersPerRound) throw new Error('not everything came')
    })
  }
  const docs = `${dossiersPerRound} new dossiers, one event each`
  return [
    figureOf({ id: 'push', what: `desk → district, ${docs}`, unit: 'docs/s', rounds: pushes, rate: true }),
    figureOf({ id: 'pull', what: `district → desk, ${docs}`, unit: 'docs/s', rounds: pulls, rate: true }),
  ]
}

async function withDesk(folder: string, use: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = await openNodeDesk({ folder, demoClock: demoNow() })
  try {
    await use(desk)
  } finally {
    await desk.close()
  }
}

async function secondsOfExchange(desk: Desk): Promise<number> {
  const start = performance.now()
  desk.startExchange()
  await desk.findExchange()?.now()
  const seconds = (performance.now() - start) / 1000
  const status = desk.findExchange()?.status()
  if (status?.line !== 'online') throw new Error(`the exchange ended ${status?.line} ${status?.code ?? ''}`)
  return seconds
}

/** A round's receptions are in the desk's journal before the exchange is measured. */
async function keepRegister(desk: Desk, round: number): Promise<void> {
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  const events = registerOf(
    { ...identity, publications: desk.reference.current() },
    { dossiers: dossiersPerRound, seed: 100 + round, receptionsOnly: true },
  )
  await desk.journal.append(ownBatches(desk, events))
}

function ownBatches(desk: Desk, events: readonly DossierEvent[]): readonly Batch[] {
  const batches: Batch[] = []
  let head = desk.journal.index.chain
  for (let from = 0; from < events.length; from += eventsPerFrame) {
    const own = events.slice(from, from + eventsPerFrame).map((event) => {
      const chained = chainEvent(head, event)
      head = chained.chain
      return chained
    })
    batches.push({ own })
  }
  return batches
}
