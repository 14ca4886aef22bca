import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Desk } from '../../../electron/desk.ts'
import type { CommandId, DossierId, EventId } from '../../../shared/core/ids.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { drawFrom } from '../dossiers/random.ts'
import type { AfterRest } from '../link/after-rest.ts'
import { badLine, type DeskDay, dayOverBadLine, prepareLine } from '../link/bad-link.ts'
import { measureRest } from '../link/measure-rest.ts'
import { otherDesk } from '../link/other-desk.ts'
import { ownBatches } from '../link/own-batches.ts'
import type { Part } from '../part.ts'
import { communesInForce } from '../world/communes.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { ownRegister } from '../world/own-register.ts'
import { type Figure, figureOf } from './figure.ts'

const dossiersOfDay = 150
const eventsOfDay = 900
/** Handed in before, over a good line: a desk meets the bad one with its unit's stream in hand. */
const eventsBefore = 20
/** Of other communes, over a good line: a district in service has not just been started. */
const daysBefore = 5
const scansTaken = 6
const scansOfDay = 300
const scanBytes = 300_000
/** Where the other desk works. */
const township = 'goi'

/**
 * A day of one desk over a bad line: all its events, then six of its scans. Then the events of other days over TLS, as in service,
 * from the first handshake on; and of other days again, while the district hears from another desk all the time. The limit is what the
 * line would need for the same bytes if it were never idle and lost nothing: for the events those of requests and replies as packed
 * here, both ways at once; for the scans their own bytes.
 */
export const linkPart: Part = {
  id: 'link',
  what: 'a day of one desk over 256 kbit/s, 200 ms round trip, 5 % loss',
  async run(world) {
    const { rounds, folder, emptyDistrict, say } = world
    const missing = prepareLine()
    if (missing !== undefined) throw new Error(missing)
    const rests: AfterRest[] = []
    while (rests.length < rounds) rests.push(measureRest())
    const district = await emptyDistrict()
    await handDaysIn(district, path.join(folder, 'before'), rounds)
    const whole: DeskDay[] = []
    for (let round = 0; round < rounds; round += 1) {
      const own = path.join(folder, `desk-${round}`)
      await prepareDay(district, own, round)
      const day = await dayOverBadLine(district, own, round + 1, 'with-scans')
      if (day.scansBeforeEvents > 0) throw new Error('a scan went before the last event')
      whole.push(day)
      say(
        `round ${round + 1}: events ${day.eventSeconds.toFixed(2)} s (${day.eventBytesUp} up, ${day.eventBytesDown} down), scans ${day.scanSeconds.toFixed(1)} s`,
      )
    }
    const secureDistrict = await emptyDistrict('--tls')
    await handDaysIn(secureDistrict, path.join(folder, 'secure-before'), rounds)
    const secureRounds = async (words: string, first: number) => {
      const days: DeskDay[] = []
      for (let round = 0; round < rounds; round += 1) {
        const own = path.join(folder, `secure-desk-${first + round}`)
        await prepareDay(secureDistrict, own, first + round)
        const day = await dayOverBadLine(secureDistrict, own, round + 1, 'events-alone')
        days.push(day)
        say(`round ${round + 1} ${words}: events ${day.eventSeconds.toFixed(2)} s`)
      }
      return days
    }
    const secure = await secureRounds('over TLS', 0)
    const other = await otherDesk(world, secureDistrict, path.join(folder, 'other'), township)
    const busy = await secureRounds('over TLS, beside another desk', rounds + daysBefore)
    other.check()
    const scanLimit = secondsOnLine(scansTaken * scanBytes)
    const withWholeScans = (events: number, scans: number) => [(events + (scans * scansOfDay) / scansTaken) / 60]
    const congestion = fs.readFileSync('/proc/sys/net/ipv4/tcp_congestion_control', 'utf8').trim()
    const carried = whole.at(-1)
    return [
      eventsFigure(
        'bad-link-events',
        `${dossiersOfDay} dossiers, ${eventsOfDay} events over the bad line (${congestion}), the district at rest before; the limit carries the same ${kilobytes(carried?.eventBytesUp)} up and ${kilobytes(carried?.eventBytesDown)} down at once, without delay and loss`,
        whole,
      ),
      eventsFigure(
        'bad-link-events-tls',
        'the same over TLS, from the first handshake on; the limit carries its bytes as sealed',
        secure,
      ),
      eventsFigure(
        'bad-link-events-busy',
        'the same over TLS, while another desk hands in five events a second on a good line',
        busy,
      ),
      figureOf({
        id: 'bad-link-scans',
        what: `${scansTaken} scans of 300 kB behind them`,
        unit: 's',
        rounds: whole.map(({ scanSeconds }) => [scanSeconds]),
        peers: { 'link-limit': whole.map(() => [scanLimit]) },
      }),
      figureOf({
        id: 'bad-link-day',
        what: `the day's events and ${scansOfDay} scans, EXTRAPOLATED from ${scansTaken}`,
        unit: 'min',
        rounds: whole.map(({ eventSeconds, scanSeconds }) => withWholeScans(eventSeconds, scanSeconds)),
        peers: { 'link-limit': whole.map((day) => withWholeScans(limitOf(day), scanLimit)) },
      }),
      figureOf({
        id: 'after-rest',
        what: 'none of ours: a Node program unpacks and parses 900 records after it did nothing for four seconds, against the same at once',
        unit: 'ms',
        rounds: rests.map(({ rested }) => [rested]),
        peers: { 'at-once': rests.map(({ atOnce }) => [atOnce]) },
      }),
    ]
  },
}

function eventsFigure(id: string, what: string, days: readonly DeskDay[]): Figure {
  const rounds = days.map(({ eventSeconds }) => [eventSeconds])
  return figureOf({ id, what, unit: 's', rounds, peers: { 'link-limit': days.map((day) => [limitOf(day)]) } })
}

function kilobytes(bytes = 0): string {
  return `${Math.round(bytes / 1000)} kB`
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
    const events = withNotes(ownRegister(desk, { dossiers: dossiersOfDay, seed: 700 + round }), round)
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
  const communes = communesInForce().filter((id) => id !== township)
  const unitId = communes[round % communes.length]
  if (!unitId) throw new Error('the data names no commune')
  return unitId
}

/** Over the line the name leads to its far end. */
function byName(url: string): string {
  return url.replace('127.0.0.1', 'localhost')
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
