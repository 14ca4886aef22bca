import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { seedData } from '../../../district/law/seed-data.ts'
import type { Desk } from '../../../electron/desk.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { type ClientProcess, startClient } from '../clients/client-process.ts'
import type { DeskRounds } from '../clients/desk-client.ts'
import { ownBatches } from '../link/own-batches.ts'
import type { Part } from '../part.ts'
import { startCopyLimit } from '../peers/copy-limit.ts'
import { startPouchExchange } from '../peers/pouch-replication.ts'
import { comeToRest } from '../world/come-to-rest.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { ownRegister } from '../world/own-register.ts'
import { figureOf } from './figure.ts'

const mostPerRound = 10_000

/**
 * One desk hands in new dossiers, then the other takes them in; both journals and the database are durable when
 * the clock stops. The desk runs as in the app but without windows. The same events go through PouchDB and through a bare
 * COPY beside it. Each of the three has the desk's side in a process of its own, and begins when the machine is at rest.
 */
export const exchangePart: Part = {
  id: 'exchange',
  what: 'handing in and taking in new dossiers, beside PouchDB and a bare COPY',
  async run({ rounds, dossiers, folder, emptyDistrict, whenDone, say }) {
    const perRound = Math.min(mostPerRound, dossiers)
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
    const file = path.join(folder, 'documents')
    const pushes: Rates[] = []
    const pulls: Rates[] = []
    let bytes = 0
    for (let round = 0; round <= rounds; round += 1) {
      const giver = await newDesk(district, folder, round, 'Quầy 1')
      const taker = await newDesk(district, folder, round, 'Quầy 2')
      bytes = await withDesk(giver, (desk) => fillDesk(desk, makeReceptions(desk, perRound, round), file))
      await rest()
      const theirs = await pouch.round(file)
      await rest()
      const limit = await copy.round(file, perRound)
      const push = await exchanged(client, giver, perRound, rest)
      const pull = await exchanged(client, taker, perRound, rest)
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

/** Each round is two desks of another commune, so that all rounds begin alike. */
async function newDesk(district: DistrictProcess, folder: string, round: number, name: string): Promise<string> {
  const communes = seedData('vu-ban-2022').units.units.filter(({ kind }) => kind === 'commune')
  const unit = communes[round % communes.length]
  if (!unit) throw new Error('the data names no commune')
  const own = path.join(folder, `${unit.id}-${round}-${name}`)
  await withDesk(own, (desk) => enrolDesk(desk, district.url, district.code(unit.id, name), name))
  return own
}

async function withDesk<T>(folder: string, use: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openNodeDesk({ folder, demoClock: demoNow() })
  try {
    return await use(desk)
  } finally {
    await desk.close()
  }
}

/** Leaves the events in the journal and, one a line, in a file for the peers; answers how long one is. */
async function fillDesk(desk: Desk, events: readonly DossierEvent[], file: string): Promise<number> {
  // One after the other, as commands do: what is appended together is one frame of the mirror.
  for (const batch of ownBatches(desk, events)) await desk.journal.append([batch])
  fs.writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  return Math.round(fs.statSync(file).size / events.length) - 1
}

/** Documents per second in either direction, until all are in the desk's journal and, of its own, have their verdict there. */
async function exchanged(
  client: ClientProcess<DeskRounds>,
  folder: string,
  dossiers: number,
  rest: () => Promise<void>,
): Promise<number> {
  await client.ask('open', { folder })
  await rest()
  const seconds = await client.ask('exchange', { dossiers })
  await client.ask('close', {})
  return dossiers / seconds
}

function makeReceptions(desk: Desk, dossiers: number, round: number): readonly DossierEvent[] {
  return ownRegister(desk, { dossiers, seed: 100 + round, receptionsOnly: true })
}
