import path from 'node:path'
import { seedData } from '../../../district/law/seed-data.ts'
import type { Desk } from '../../../electron/desk.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { ownBatches } from '../link/own-batches.ts'
import type { Part } from '../part.ts'
import { startCopyLimit } from '../peers/copy-limit.ts'
import { startPouchExchange } from '../peers/pouch-replication.ts'
import { comeToRest } from '../world/come-to-rest.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { registerOf } from '../world/register.ts'
import { figureOf } from './figure.ts'

const mostPerRound = 10_000

/**
 * One desk hands in new dossiers, then the other takes them in; both journals and the database are durable when
 * the clock stops. The desks run as in the app but without windows, one at a time. The same events go through PouchDB
 * and through a bare COPY beside it.
 */
export const exchangePart: Part = {
  id: 'exchange',
  what: 'handing in and taking in new dossiers, beside PouchDB and a bare COPY',
  async run({ rounds, dossiers, folder, emptyDistrict, whenDone, say }) {
    const perRound = Math.min(mostPerRound, dossiers)
    const district = await emptyDistrict()
    const pouch = await startPouchExchange(folder)
    whenDone(pouch.stop)
    const copy = await startCopyLimit(district.databaseUrl())
    whenDone(copy.stop)
    const pushes: number[][] = []
    const pulls: number[][] = []
    const pouches: { readonly push: number; readonly pull: number }[] = []
    const copies: { readonly push: number; readonly pull: number }[] = []
    let bytes = 0
    for (let round = 0; round <= rounds; round += 1) {
      const giver = await newDesk(district, folder, round, 'Quầy 1')
      const taker = await newDesk(district, folder, round, 'Quầy 2')
      await withDesk(giver, async (desk) => {
        const events = makeReceptions(desk, perRound, round)
        // One after the other, as commands do: what is appended together is one frame of the mirror.
        for (const batch of ownBatches(desk, events)) await desk.journal.append([batch])
        const texts = events.map((event) => JSON.stringify(event))
        bytes = Math.round(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length)
        await comeToRest(say)
        pouches.push(await pouch.round(events))
        await comeToRest(say)
        copies.push(await copy.round(texts))
        await comeToRest(say)
        pushes.push([perRound / (await secondsOfExchange(desk))])
        if (desk.journal.index.unsent.size > 0) throw new Error('not everything was handed in')
      })
      await withDesk(taker, async (desk) => {
        await comeToRest(say)
        pulls.push([perRound / (await secondsOfExchange(desk))])
        if (desk.journal.index.dossiers.size !== perRound) throw new Error('not everything came')
      })
      const rates = (of: { push: number; pull: number } | undefined) => `${of?.push.toFixed(0)}/${of?.pull.toFixed(0)}`
      const own = { push: pushes.at(-1)?.[0] ?? 0, pull: pulls.at(-1)?.[0] ?? 0 }
      say(`docs/s round ${round}: ${rates(own)}, PouchDB ${rates(pouches.at(-1))}, COPY ${rates(copies.at(-1))}`)
    }
    // The first round warmed the district and its peers alike: a server is not started anew for each desk.
    for (const each of [pushes, pulls, pouches, copies]) each.shift()
    const docs = `${perRound} new dossiers, one event of ${bytes} bytes each`
    const peersOf = (way: 'push' | 'pull') => ({
      pouchdb: pouches.map((each) => [each[way]]),
      'copy-limit': copies.map((each) => [each[way]]),
    })
    const common = { unit: 'docs/s', rate: true }
    return [
      figureOf({ ...common, id: 'push', what: `desk → district, ${docs}`, rounds: pushes, peers: peersOf('push') }),
      figureOf({ ...common, id: 'pull', what: `district → desk, ${docs}`, rounds: pulls, peers: peersOf('pull') }),
    ]
  },
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

function makeReceptions(desk: Desk, dossiers: number, round: number): readonly DossierEvent[] {
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  const publications = desk.reference.current()
  return registerOf({ ...identity, publications }, { dossiers, seed: 100 + round, receptionsOnly: true })
}
