import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Desk } from '../../../electron/desk.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { type ClientProcess, startClient } from '../clients/client-process.ts'
import type { DeskRounds } from '../clients/desk-client.ts'
import { ownBatches } from '../link/own-batches.ts'
import type { Part } from '../part.ts'
import { startCopyLimit } from '../peers/copy-limit.ts'
import type { DocumentFile } from '../peers/exchanged-files.ts'
import { startPouchExchange } from '../peers/pouch-replication.ts'
import { comeToRest } from '../world/come-to-rest.ts'
import { communesInForce } from '../world/communes.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { ownRegister } from '../world/own-register.ts'
import { figureOf } from './figure.ts'

const mostPerRound = 10_000
/** A server in service and a desk that is worked at have done something a moment ago; a machine that rested is slow at first. */
const warmShare = 0.1

/**
 * One desk hands in new dossiers, then the other takes them in; both journals and the database are durable when
 * the clock stops. The desk runs as in the app but without windows. The same events go through PouchDB and through a bare
 * COPY beside it. Each of the three has the desk's side in a process of its own, begins when the machine is at rest, and is
 * warmed right before the clock starts: by a tenth of its work, or by a second of it for COPY, which does that tenth in no time.
 */
export const exchangePart: Part = {
  id: 'exchange',
  what: 'handing in and taking in new dossiers, beside PouchDB and a bare COPY',
  async run({ rounds, dossiers, folder, emptyDistrict, whenDone, say }) {
    const perRound = Math.min(mostPerRound, dossiers)
    const unitsOfRounds = unitsFor(rounds + 1)
    const district = await emptyDistrict()
    const database = new pg.Client({ connectionString: district.databaseUrl() })
    await database.connect()
    whenDone(() => database.end())
    const rest = async () => {
      // What it does by itself every five minutes: in service it writes into log files it has, a new database makes them meanwhile.
      await database.query('checkpoint')
      await comeToRest(say)
    }
    const pouch = await startPouchExchange(folder, rest)
    whenDone(pouch.stop)
    const copy = await startCopyLimit(district.databaseUrl(), rest)
    whenDone(copy.stop)
    const client = startClient<DeskRounds>('desk-client')
    whenDone(client.stop)
    const pushes: Rates[] = []
    const pulls: Rates[] = []
    let bytes = 0
    for (const [round, units] of unitsOfRounds.entries()) {
      const warmed = { dossiers: Math.round(perRound * warmShare), seed: 200 + round }
      const warm = await newPair(district, folder, units.warm, warmed)
      const measured = await newPair(district, folder, units.measured, { dossiers: perRound, seed: 100 + round })
      bytes = Math.round(fs.statSync(measured.path).size / measured.lines) - 1
      await rest()
      const theirs = await pouch.round({ warm, measured })
      await rest()
      const limit = await copy.round({ warm, measured })
      const push = await exchanged(client, warm.giver, measured.giver, rest)
      const pull = await exchanged(client, warm.taker, measured.taker, rest)
      pushes.push({ own: push, pouch: theirs.push, copy: limit.push })
      pulls.push({ own: pull, pouch: theirs.pull, copy: limit.pull })
      say(`docs/s round ${round}: push ${spoken(pushes.at(-1))}; pull ${spoken(pulls.at(-1))}`)
    }
    // The first round warmed the district and its peers alike: a server is not started anew for each desk.
    for (const each of [pushes, pulls]) each.shift()
    const docs = `${perRound} new dossiers, one event of ${bytes} bytes each`
    return [
      figureOf({ id: 'push', what: `desk → district, ${docs}`, ...roundsOf(pushes) }),
      figureOf({ id: 'pull', what: `district → desk, ${docs}`, ...roundsOf(pulls) }),
    ]
  },
}

/** Documents per second. */
interface Rates {
  readonly own: number
  readonly pouch: number
  readonly copy: number
}

function roundsOf(rates: readonly Rates[]) {
  const peers = { pouchdb: rates.map(({ pouch }) => [pouch]), 'copy-limit': rates.map(({ copy }) => [copy]) }
  return { unit: 'docs/s', rate: true, rounds: rates.map(({ own }) => [own]), peers }
}

function spoken(rates: Rates | undefined): string {
  const [own, pouch, copy] = [rates?.own, rates?.pouch, rates?.copy].map((rate) => rate?.toFixed(0))
  return `${own}, PouchDB ${pouch}, COPY ${copy}`
}

/** The folder of a desk and how many dossiers it knows when it has exchanged. */
interface ExchangingDesk {
  readonly folder: string
  readonly dossiers: number
}

/** Two desks of a commune, and a file of what the first of them has to hand in. */
interface Pair extends DocumentFile {
  readonly giver: ExchangingDesk
  readonly taker: ExchangingDesk
}

/** Each pair has a commune of its own, so that all rounds begin alike. */
function unitsFor(rounds: number): readonly { readonly warm: string; readonly measured: string }[] {
  const communes = communesInForce()
  return Array.from({ length: rounds }, (_, round) => {
    const [measured, warm] = [communes[round], communes[rounds + round]]
    if (!measured || !warm)
      throw new Error(
        `fewer rounds: of ${communes.length} communes each round takes two, also the one that is not counted`,
      )
    return { warm, measured }
  })
}

async function newPair(
  district: DistrictProcess,
  folder: string,
  unitId: string,
  { dossiers, seed }: { readonly dossiers: number; readonly seed: number },
): Promise<Pair> {
  const newDesk = async (name: string): Promise<ExchangingDesk> => {
    const own = path.join(folder, `${unitId}-${name}`)
    await withDesk(own, (desk) => enrolDesk(desk, district.url, district.code(unitId, name), name))
    return { folder: own, dossiers }
  }
  const giver = await newDesk('Quầy 1')
  const taker = await newDesk('Quầy 2')
  const file = path.join(folder, `${unitId}-documents`)
  const wish = { dossiers, seed, receptionsOnly: true }
  await withDesk(giver.folder, (desk) => fillDesk(desk, ownRegister(desk, wish), file))
  return { giver, taker, path: file, lines: dossiers }
}

async function withDesk<T>(folder: string, use: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openNodeDesk({ folder, demoClock: demoNow() })
  try {
    return await use(desk)
  } finally {
    await desk.close()
  }
}

/** Leaves the events in the journal and, one a line, in a file for the peers. */
async function fillDesk(desk: Desk, events: readonly DossierEvent[], file: string): Promise<void> {
  // One after the other, as commands do: what is appended together is one frame of the mirror.
  for (const batch of ownBatches(desk, events)) await desk.journal.append([batch])
  fs.writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
}

/** Documents per second in either direction, until all are in the desk's journal and, of its own, have their verdict there. */
async function exchanged(
  client: ClientProcess<DeskRounds>,
  warm: ExchangingDesk,
  { folder, dossiers }: ExchangingDesk,
  rest: () => Promise<void>,
): Promise<number> {
  await client.ask('open', { folder, warmFolder: warm.folder })
  await rest()
  await client.ask('warm', { dossiers: warm.dossiers })
  const seconds = await client.ask('exchange', { dossiers })
  await client.ask('close', {})
  return dossiers / seconds
}
