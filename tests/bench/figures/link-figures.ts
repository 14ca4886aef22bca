import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { seedData } from '../../../district/law/seed-data.ts'
import type { Desk } from '../../../electron/desk.ts'
import type { CommandId, DossierId, EventId } from '../../../shared/core/ids.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { drawFrom } from '../dossiers/random.ts'
import { type AfterRest, afterRest } from '../link/after-rest.ts'
import { badLine, type DeskDay, dayOverBadLine, prepareLine } from '../link/bad-link.ts'
import { otherDesk } from '../link/other-desk.ts'
import { ownBatches } from '../link/own-batches.ts'
import type { Part } from '../part.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { registerOf } from '../world/register.ts'
import { figureOf } from './figure.ts'

const dossiersOfDay = 150
const eventsOfDay = 900
/** Handed in before, over a good line: a desk meets the bad one with its unit's stream in hand. */
const eventsBefore = 20
/** Of other communes, over a good line: a district in service has not just been started, and goes on hearing of others. */
const daysBefore = 5
const scansTaken = 6
const scansOfDay = 300
const scanBytes = 300_000

/**
 * A day of one desk over a bad line: all its events, then six of its scans; and the events of other days over TLS, as in service,
 * from the first handshake on. The limit is what the line would need for the same bytes if it were never idle and lost nothing: for
 * the events those of requests and replies as packed here, both ways at once; for the scans their own bytes.
 */
export const linkPart: Part = {
  id: 'link',
  what: 'a day of one desk over 256 kbit/s, 200 ms round trip, 5 % loss',
  async run({ rounds, folder, emptyDistrict, say }) {
    const missing = prepareLine()
    if (missing !== undefined) throw new Error(missing)
    const pages: AfterRest[] = []
    while (pages.length < rounds) pages.push(await afterRest())
    const district = await emptyDistrict()
    await handDaysIn(district, path.join(folder, 'before'), rounds)
    const other = await otherDesk(district, path.join(folder, 'other'), communeOf(rounds + daysBefore))
    const events: number[][] = []
    const eventLimits: number[][] = []
    const scans: number[][] = []
    const days: number[][] = []
    let carried = ''
    for (let round = 0; round < rounds; round += 1) {
      const own = path.join(folder, `desk-${round}`)
      await prepareDay(district, own, round)
      const day = await dayOverBadLine(district, own, round + 1, 'with-scans')
      if (day.scansBeforeEvents > 0) throw new Error('a scan went before the last event')
      const { eventBytesUp: up, eventBytesDown: down } = day
      carried = `${Math.round(up / 1000)} kB up and ${Math.round(down / 1000)} kB down`
      events.push([day.eventSeconds])
      eventLimits.push([limitOf(day)])
      scans.push([day.scanSeconds])
      days.push([(day.eventSeconds + (day.scanSeconds * scansOfDay) / scansTaken) / 60])
      say(
        `round ${round + 1}: events ${day.eventSeconds.toFixed(2)} s (${day.eventBytesUp} up, ${day.eventBytesDown} down), scans ${day.scanSeconds.toFixed(1)} s`,
      )
    }
    await other.stop()
    const secureDistrict = await emptyDistrict('--tls')
    await handDaysIn(secureDistrict, path.join(folder, 'secure-before'), rounds)
    const secureOther = await otherDesk(
      secureDistrict,
      path.join(folder, 'secure-other'),
      communeOf(rounds + daysBefore),
    )
    const secure: number[][] = []
    const secureLimits: number[][] = []
    for (let round = 0; round < rounds; round += 1) {
      const own = path.join(folder, `secure-desk-${round}`)
      await prepareDay(secureDistrict, own, round)
      const day = await dayOverBadLine(secureDistrict, own, round + 1, 'events-alone')
      secure.push([day.eventSeconds])
      secureLimits.push([limitOf(day)])
      say(`round ${round + 1} over TLS: events ${day.eventSeconds.toFixed(2)} s`)
    }
    await secureOther.stop()
    const scanLimit = rounds === 0 ? [] : scans.map(() => [secondsOnLine(scansTaken * scanBytes)])
    const dayLimit = eventLimits.map(([ofEvents = 0]) => [(ofEvents + secondsOnLine(scansOfDay * scanBytes)) / 60])
    const congestion = fs.readFileSync('/proc/sys/net/ipv4/tcp_congestion_control', 'utf8').trim()
    return [
      figureOf({
        id: 'bad-link-events',
        what: `${dossiersOfDay} dossiers, ${eventsOfDay} events over the bad line (${congestion}); the limit carries the same ${carried} at once, without delay and loss`,
        unit: 's',
        rounds: events,
        peers: { 'link-limit': eventLimits },
      }),
      figureOf({
        id: 'bad-link-events-tls',
        what: 'the same over TLS, from the first handshake on; the limit carries its bytes as sealed',
        unit: 's',
        rounds: secure,
        peers: { 'link-limit': secureLimits },
      }),
      figureOf({
        id: 'bad-link-scans',
        what: `${scansTaken} scans of 300 kB behind them`,
        unit: 's',
        rounds: scans,
        peers: { 'link-limit': scanLimit },
      }),
      figureOf({
        id: 'bad-link-day',
        what: `the day's events and ${scansOfDay} scans, EXTRAPOLATED from ${scansTaken}`,
        unit: 'min',
        rounds: days,
        peers: { 'link-limit': dayLimit },
      }),
      figureOf({
        id: 'page-after-rest',
        what: 'none of ours: Node alone unpacks and parses 900 records after four seconds without work, beside the same at once',
        unit: 'ms',
        rounds: pages.map(({ rested }) => [rested]),
        peers: { 'at-once': pages.map(({ atOnce }) => [atOnce]) },
      }),
    ]
  },
}

/** Each way of the line has its own rate. */
function limitOf({ eventBytesUp, eventBytesDown }: DeskDay): number {
  return secondsOnLine(Math.max(eventBytesUp, eventBytesDown))
}

function secondsOnLine(bytes: number): number {
  return (bytes * 8) / badLine.bitsPerSecond
}

async function handDaysIn(district: DistrictProcess, folder: string, rounds: number): Promise<void> {
  for (let round = rounds; round < rounds + daysBefore; round += 1) {
    const own = path.join(folder, String(round))
    await prepareDay(district, own, round)
    const desk = await openNodeDesk({ folder: own, demoClock: demoNow() })
    try {
      desk.startExchange()
      await desk.findExchange()?.now()
      if (desk.journal.index.unsent.size > 0) throw new Error('a day before was not handed in')
    } finally {
      await desk.close()
    }
  }
}

/** The day is in the desk's journal before the line is tried. */
async function prepareDay(district: DistrictProcess, folder: string, round: number): Promise<void> {
  fs.mkdirSync(folder, { recursive: true })
  const desk = await openNodeDesk({ folder, demoClock: demoNow() })
  try {
    await enrolDesk(desk, byName(district.url), district.code(communeOf(round), 'Quầy 1'), 'Quầy 1')
    const events = withNotes(makeDay(desk, round), round)
    for (const batch of ownBatches(desk, events.slice(0, eventsBefore))) await desk.journal.append([batch])
    desk.startExchange()
    await desk.findExchange()?.now()
    if (desk.journal.index.unsent.size > 0) throw new Error('the desk did not exchange before its day')
    await desk.findExchange()?.stop()
    const day = await withScans(desk, events.slice(eventsBefore))
    for (const batch of ownBatches(desk, day)) await desk.journal.append([batch])
  } finally {
    await desk.close()
  }
}

function communeOf(round: number): string {
  const communes = seedData('vu-ban-2022').units.units.filter(({ kind }) => kind === 'commune')
  const unit = communes[round % communes.length]
  if (!unit) throw new Error('the data names no commune')
  return unit.id
}

/** Over the line the name leads to its far end. */
function byName(url: string): string {
  return url.replace('127.0.0.1', 'localhost')
}

function makeDay(desk: Desk, round: number): readonly DossierEvent[] {
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  const publications = desk.reference.current()
  return registerOf({ ...identity, publications }, { dossiers: dossiersOfDay, seed: 700 + round })
}

/** As many notes as bring the day to its number of events. */
function withNotes(events: readonly DossierEvent[], round: number): readonly DossierEvent[] {
  const draw = drawFrom(40 + round)
  const counts = new Map<DossierId, number>()
  for (const { dossierId, seq } of events) counts.set(dossierId, Math.max(seq, counts.get(dossierId) ?? 0))
  const received = events.filter(({ type }) => type === 'dossier-received')
  const last = events.at(-1)
  if (!last) throw new Error('no events')
  const missing = Math.max(0, eventsBefore + eventsOfDay - events.length)
  const noted = Array.from({ length: missing }, (_, at) => received[at % received.length] ?? last)
  const notes = noted.map((event): DossierEvent => {
    const seq = (counts.get(event.dossierId) ?? 0) + 1
    counts.set(event.dossierId, seq)
    const { unitId, deskId, staffId, dossierId, law } = event
    const named = { id: draw.id(Date.parse(last.at)) as EventId, commandId: draw.id(Date.parse(last.at)) as CommandId }
    const text = `Đã gọi số máy ${draw.between(900_000_000, 999_999_999)}, hẹn ${draw.between(8, 16)} giờ ${draw.between(10, 59)}.`
    return { ...named, dossierId, unitId, seq, deskId, staffId, at: last.at, law, type: 'note-added', body: { text } }
  })
  return [...events, ...notes]
}

/** Six receptions name a scan each; its bytes do not pack, as those of a JPEG. */
async function withScans(desk: Desk, events: readonly DossierEvent[]): Promise<readonly DossierEvent[]> {
  let left = scansTaken
  const made: DossierEvent[] = []
  for (const event of events) {
    const at =
      event.type === 'dossier-received' ? event.body.documents.findIndex(({ state }) => state !== 'not-needed') : -1
    if (event.type !== 'dossier-received' || at < 0 || left === 0) {
      made.push(event)
      continue
    }
    left -= 1
    const content = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(scanBytes - 4)])
    const sha256 = await desk.attachments.put(content)
    const scan = { sha256, bytes: scanBytes, mediaType: 'image/jpeg' as const, name: 'trang-1.jpg' }
    const documents = event.body.documents.map((document, index) =>
      index === at ? { ...document, scans: [scan] } : document,
    )
    made.push({ ...event, body: { ...event.body, documents } })
  }
  return made
}
