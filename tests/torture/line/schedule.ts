import type { DossierId } from '../../../shared/core/ids.ts'
import type { Command } from '../../../shared/domain/command.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { execute, newId } from '../../harness/node-desk.ts'
import { receiveCommand } from '../../harness/sample-commands.ts'
import { seededRandom } from '../../harness/seeded-random.ts'
import { compareDossiers, compareWithStream } from './ledger.ts'
import { deskNames, restart, settle, type World } from './world.ts'

const certifiedCopy = procedureOf('2.000815')

/**
 * ```
 * 2–4 desks: acts ─ exchanges ─ outages ─ restarts, on a bad line ──► calm ──► settle ──► compare
 * ```
 * 1. Two to four steps, and every desk of the schedule has one of them: an act that was acknowledged, then perhaps an
 *    exchange, of which nine requests in ten go wrong. About three events and two faulted operations.
 * 2. Every choice follows from the seed; only the moments at which two desks meet on the line do not.
 */
export async function runSchedule(world: World, seed: number): Promise<readonly string[]> {
  const random = seededRandom(seed)
  const places = choosePlaces(random)
  const dossiers: DossierId[] = []
  world.misbehaviour = 0.9
  const steps = Math.max(places.length, 2 + Math.floor(random() * 3))
  for (let step = 0; step < steps; step += 1) {
    const at = places[step] ?? places[Math.floor(random() * places.length)] ?? 0
    await act(world, at, dossiers, random)
    const chance = random()
    if (chance < 0.5) await world.desks[at]?.findExchange()?.now()
    else if (chance < 0.7) await Promise.all(places.map((place) => world.desks[place]?.findExchange()?.now()))
    else if (chance < 0.73) world.line.setUp(false)
    else if (chance < 0.76) world.line.setUp(true)
    else if (chance < 0.765) await restart(world, at)
  }
  const present = await settle(world, places)
  return [
    ...(await compareWithStream(world.ledger, world.district, present)),
    ...(await compareDossiers(present, dossiers)),
  ]
}

/** Two desks mostly, four at times. */
function choosePlaces(random: () => number): readonly number[] {
  const crowd = random()
  const shuffled = [0, 1, 2, 3].map((place) => ({ place, key: random() })).sort((a, b) => a.key - b.key)
  return shuffled.slice(0, crowd < 0.7 ? 2 : crowd < 0.9 ? 3 : 4).map(({ place }) => place)
}

/** What an officer might do next: act on a dossier of this schedule, or receive one where that is refused. */
async function act(world: World, at: number, dossiers: DossierId[], random: () => number): Promise<void> {
  const desk = world.desks[at]
  if (!desk) return
  for (const command of [nextCommand(dossiers, random), receiveCommand(certifiedCopy, newId())]) {
    const done = await execute(desk, command)
    if (!done.ok) continue
    world.ledger.acknowledged.set(done.value.eventId, at)
    if (command.type === 'receive-dossier') dossiers.push(command.dossierId)
    return
  }
  throw new Error(`${deskNames[at]} could not receive a dossier`)
}

function nextCommand(dossiers: readonly DossierId[], random: () => number): Command {
  const dossierId = dossiers[Math.floor(random() * dossiers.length)]
  const choice = random()
  if (!dossierId || choice < 0.3) return receiveCommand(certifiedCopy, newId())
  if (choice < 0.6) return { type: 'add-note', dossierId, text: `Ghi chú ${Math.floor(random() * 1e6)}` }
  if (choice < 0.72) return { type: 'start-processing', dossierId }
  if (choice < 0.86) return { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao chứng thực' } }
  return { type: 'hand-over', dossierId, recipient: { name: 'Nguyễn Văn Thử' }, method: 'counter' }
}
