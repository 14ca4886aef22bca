import path from 'node:path'
import { makeCertificate } from '../../../district/tls/make-certificate.ts'
import { pinOf } from '../../../district/tls/pins.ts'
import type { Desk } from '../../../electron/desk.ts'
import { type LinePace, linePace } from '../../../electron/exchange/line-pace.ts'
import {
  endlessFaults,
  type FaultyLine,
  type LineFault,
  lineFaults,
  openFaultyLine,
} from '../../harness/faulty-line.ts'
import { enrolDesk, openNodeDesk, signIn } from '../../harness/node-desk.ts'
import { seededRandom } from '../../harness/seeded-random.ts'
import type { TestCluster, TestDistrict } from '../../harness/test-district.ts'
import { type Ledger, newLedger } from './ledger.ts'

/**
 * Schedules of one world follow each other on the same desks, so that its last ones run on long journals; a desk's 500
 * numbers of a day are enough for all of them.
 */
export const schedulesPerWorld = 250

/**
 * `secure` puts TLS, and now and then a foreign key, on the line; a handshake after each cut costs as much as an exchange.
 * `hurried` desks give up after `hurriedMs`, and their line has faults that last longer.
 */
type WorldKind = 'plain' | 'secure' | 'hurried'
const kinds: readonly WorldKind[] = ['plain', 'secure', 'plain', 'hurried']
/** Short, as each such fault is waited for; long enough for an exchange on a PC that has much else to do. */
const hurriedMs = 500

/** Follows from the world's first seed alone, so that one world can be played again. */
export function kindOfWorld(firstSeed: number): WorldKind {
  return kinds[Math.floor(firstSeed / schedulesPerWorld) % kinds.length] ?? 'plain'
}

/** Four desks of Gôi, one district, and a line between them that can be told to misbehave. */
export interface World {
  readonly district: TestDistrict
  readonly line: FaultyLine
  readonly desks: Desk[]
  readonly folder: string
  readonly kind: WorldKind
  /** The chance that a request goes wrong. */
  misbehaviour: number
  readonly ledger: Ledger
}

export const deskNames = ['Quầy 1', 'Quầy 2', 'Quầy 3', 'Quầy 4'] as const

const plainFaults = lineFaults.filter((fault) => fault !== 'none')

const faultsOf: Readonly<Record<WorldKind, readonly LineFault[]>> = {
  plain: plainFaults,
  secure: [...plainFaults, 'wrong-tls'],
  hurried: [...plainFaults, ...endlessFaults],
}

export async function openWorld(cluster: TestCluster, folder: string, firstSeed: number): Promise<World> {
  const kind = kindOfWorld(firstSeed)
  const district = await cluster.district()
  const random = seededRandom(firstSeed)
  const mood = { misbehaviour: 0 }
  const faults = faultsOf[kind]
  const nextFault = () =>
    random() < mood.misbehaviour ? (faults[Math.floor(random() * faults.length)] ?? 'none') : 'none'
  const tls = kind === 'secure' ? { own: await makeCertificate(), foreign: await makeCertificate() } : undefined
  // No hints: the schedule alone decides who exchanges when.
  const line = await openFaultyLine(district.url, nextFault, { carriesHints: false, ...(tls ? { tls } : {}) })
  const desks: Desk[] = []
  for (const name of deskNames) {
    const desk = await openDesk(folder, name, kind)
    await enrolDesk(desk, district.url, await district.code(), name)
    const identity = desk.identity.current()
    const trust = tls ? { tls: { pins: [pinOf(tls.own.cert)], authority: false } } : {}
    if (identity) await desk.identity.save({ ...identity, districtUrl: line.url, ...trust })
    await begin(desk)
    desks.push(desk)
  }
  return Object.assign(mood, { district, line, desks, folder, kind, ledger: newLedger() })
}

/** Closes a desk and opens it again from what it wrote. */
export async function restart(world: World, at: number): Promise<void> {
  const name = deskNames[at]
  if (!name) return
  await world.desks[at]?.close()
  const desk = await openDesk(world.folder, name, world.kind)
  world.desks[at] = desk
  await begin(desk)
}

function openDesk(folder: string, name: string, kind: WorldKind): Promise<Desk> {
  const pace = kind === 'hurried' ? { pace: hurriedPace() } : {}
  return openNodeDesk({ folder: path.join(folder, name), random: () => 0, ...pace })
}

/** Rounds as small as here never tell how quick the line is; each one given up would make the next deadline longer, up to minutes. */
function hurriedPace(): LinePace {
  return { ...linePace(hurriedMs), timeoutMs: () => hurriedMs }
}

async function begin(desk: Desk): Promise<void> {
  await signIn(desk, 'goi.son')
  desk.startExchange()
}

/** Exchanges on a calm line until nobody has anything to send or to take. */
export async function settle(world: World, places: readonly number[]): Promise<readonly Desk[]> {
  world.line.setUp(true)
  world.misbehaviour = 0
  const desks = places.flatMap((place) => world.desks[place] ?? [])
  for (const desk of desks) await desk.findExchange()?.now()
  for (let round = 0; round < 12; round += 1) {
    const head = Math.max(...desks.map((desk) => desk.journal.index.cursor.seq))
    const behind = desks.filter(({ journal: { index } }) => index.unsent.size > 0 || index.cursor.seq < head)
    if (behind.length === 0) break
    for (const desk of behind) await desk.findExchange()?.now()
  }
  return desks
}

export async function closeWorld(world: World): Promise<void> {
  for (const desk of world.desks) await desk.close()
  await world.line.close()
  await world.district.close()
}
