import { instantOf } from '../../shared/core/time.ts'
import { maxEventsPerRequest } from '../../shared/wire/exchange.ts'
import type { District } from '../district.ts'
import { findDesk } from '../store/desks.ts'
import { closeSettledParked } from '../store/incidents.ts'
import { dropSettled, findLeftParked, readParked } from '../store/parked-events.ts'
import { readBatch } from './read-batch.ts'
import { takeBatch } from './take-batch.ts'

/** For the backup or the stick of a dead desk to bring what belongs before its parked events. */
const graceMs = 3_600_000

/**
 * ```
 * parked ─► its desk lives: offers it again, is judged with what came since
 *        └► its desk is shut out ─► an hour ─► judged here, again and again until it has its verdict
 * ```
 * 1. A parked event is kept in the transaction that parks it: what the district had in hand is never lost with its desk.
 * 2. It goes the way of any batch, in its author's name; what it waits for may still come from another desk.
 */
export async function judgeLeftParked(district: District): Promise<void> {
  const { allUnits } = district.store
  await dropSettled(allUnits)
  for (const deskId of await findLeftParked(allUnits, instantOf(district.clock.nowMs() - graceMs))) {
    await judgeOf(district, deskId)
  }
  await dropSettled(allUnits)
  await closeSettledParked(allUnits, district.clock.now())
}

async function judgeOf(district: District, deskId: string): Promise<void> {
  const desk = await findDesk(district.store.allUnits, deskId)
  if (!desk) return
  const store = district.store.ofUnit(desk.unitId)
  const parked = await readParked(store, desk)
  for (let at = 0; at < parked.length; at += maxEventsPerRequest) {
    const events = await readBatch(parked.slice(at, at + maxEventsPerRequest))
    if (!events.ok) throw new Error(`invariant: a parked event cannot be read again: ${events.error}`)
    const batch = { events: events.value, head: undefined, follows: undefined }
    const books = await district.lawBooks()
    const taken = await district.serially(desk.unitId, () => takeBatch(store, desk, batch, books, district.clock.now()))
    if (taken !== 'out-of-order' && taken.grown > 0) district.hints.tell(desk.unitId, taken.streamHead)
  }
}
