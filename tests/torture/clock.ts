import path from 'node:path'
import type { Desk } from '../../electron/desk.ts'
import { deskStatusOf } from '../../electron/desk-status.ts'
import type { CommandId, DossierId } from '../../shared/core/ids.ts'
import type { Command } from '../../shared/domain/command.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { newId } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster } from '../harness/test-district.ts'
import { type Attack, type AttackResult, sumOf } from './attack.ts'
import { disagreements, type Office, openOffice, streamOf } from './office.ts'

const schedules = { short: 4, long: 80 }
const steps = 24
const clockCodes: ReadonlySet<string> = new Set(['desk/clock-behind', 'desk/clock-differs', 'desk/clock-ahead'])
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const tenYears = 3_653 * day
/** How far the PC's clock may jump at once: a day back, ten years ahead, and what batteries and people do besides. */
const jumps = [-day, day, tenYears, -30 * minute, 40 * minute, -3 * hour, 13 * hour, 0]

/**
 * ```
 * jump · restart · receive · note · exchange, also with a jump while it runs ─► clock right again, or not ─► exchange ─► compare
 * ```
 * Two desks whose PC clocks are the attack's, a district whose clock is right. A refused number must have its reason on
 * the status bar, one confirmation must be enough, and must still be known after a restart.
 */
export const clock: Attack = {
  id: 'clock',
  holds:
    'whatever the PC clock says, every event arrives once and in order, and no number is given on a wrong day unasked',
  async run({ seed, scale, folder, say }) {
    const cluster = await TestCluster.start()
    let total: AttackResult = nothing
    try {
      for (let at = 0; at < schedules[scale]; at += 1) {
        total = sumOf(total, await oneSchedule(cluster, path.join(folder, String(at)), seededRandom(seed + at)))
        if (at % 25 === 24) say(`${at + 1} of ${schedules[scale]} schedules`)
      }
    } finally {
      await cluster.stop()
    }
    return total
  },
}

const nothing: AttackResult = {
  tries: 0,
  acknowledged: 0,
  lost: 0,
  duplicated: 0,
  opened: { times: 0, of: 0 },
  broken: [],
}

interface Done {
  readonly desk: number
  readonly eventId: string
  readonly commandId: string
  readonly at: string
}

/** What a desk may know of the time, reckoned beside it: its clock is not asked. */
interface Known {
  /** When it last entered something or was confirmed, by the PC's clock. */
  lastMoment: number
  /** When the district last answered it. */
  lastContact: number
  /** What the PC's clock was off by when this run of the desk began. */
  startShift: number
  /** The district has answered in this run. */
  isTold: boolean
  /** The last exchange that was done before this run. */
  doneBefore: string | undefined
  /** The difference that was confirmed. */
  confirmedMs: number
}

interface Run {
  readonly office: Office
  readonly random: () => number
  /** What each PC clock is off by. */
  readonly shifts: number[]
  readonly done: Done[]
  readonly known: Known[]
  readonly broken: string[]
  opened: number
  restarts: number
  jumps: number
}

async function oneSchedule(cluster: TestCluster, folder: string, random: () => number): Promise<AttackResult> {
  const shifts = [0, 0]
  const office = await openOffice({ cluster, folder, count: 2, pcNow: (at) => Date.now() + (shifts[at] ?? 0) })
  const run: Run = {
    office,
    random,
    shifts,
    done: [],
    known: [unknown(), unknown()],
    broken: [],
    opened: 0,
    restarts: 0,
    jumps: 0,
  }
  try {
    for (const [at, desk] of office.desks.entries()) {
      await desk.findExchange()?.now()
      knownOf(run, at)
    }
    for (let step = 0; step < steps; step += 1) await oneStep(run)
    // Half of the desks never get the right time: the district's must be enough.
    if (random() < 0.5) shifts.fill(0)
    office.line.setUp(true)
    if (!(await office.settle())) run.broken.push('not everything was sent')
    const lost = await compare(run)
    return {
      tries: run.jumps,
      acknowledged: run.done.length,
      ...lost,
      opened: { times: run.opened, of: run.restarts },
      broken: run.broken,
    }
  } finally {
    await office.close()
  }
}

async function oneStep(run: Run): Promise<void> {
  const { office, random, shifts } = run
  const at = Math.floor(random() * office.desks.length)
  const choice = random()
  if (choice < 0.3) {
    jump(run, at)
  } else if (choice < 0.4) {
    // A jump across the restart: the desk wakes with another clock.
    if (random() < 0.5) jump(run, at)
    await reopen(run, at)
  } else if (choice < 0.6) {
    const exchanged = deskAt(run, at).findExchange()?.now()
    if (random() < 0.6) jump(run, at)
    await exchanged
    office.line.setUp(random() < 0.8)
  } else if (choice < 0.8) await receive(run, at)
  else {
    const known = [...deskAt(run, at).journal.index.dossiers.keys()]
    const dossierId = known[Math.floor(random() * known.length)] as DossierId | undefined
    if (dossierId) await act(run, at, { type: 'add-note', dossierId, text: `Ghi chú, lệch ${shifts[at]}` })
  }
}

/** To another time, or back to the right one. */
function jump(run: Run, at: number): void {
  const { random, shifts } = run
  const by = jumps[Math.floor(random() * jumps.length)] ?? 0
  shifts[at] = by === 0 ? 0 : (shifts[at] ?? 0) + by
  if (Math.abs(shifts[at] ?? 0) > tenYears + 5 * day) shifts[at] = 0
  run.jumps += 1
}

function unknown(): Known {
  return { lastMoment: 0, lastContact: 0, startShift: 0, isTold: false, doneBefore: undefined, confirmedMs: 0 }
}

function knownOf({ known, office }: Pick<Run, 'known' | 'office'>, at: number): Known {
  const one = known[at]
  if (!one) throw new Error(`no desk ${at}`)
  const status = deskAt({ office }, at).findExchange()?.status()
  if (status?.line === 'online') one.lastContact = Date.now()
  // An exchange may be done and the one right behind it meet no line.
  if (status?.line === 'online' || status?.lastSuccessAt !== one.doneBefore) one.isTold = true
  return one
}

/** Of the clock to the right time, as the desk can know it: told by the district, or as the run began. */
function differenceMs(run: Run, at: number): number {
  const { isTold, startShift } = knownOf(run, at)
  return (isTold ? 0 : startShift) - (run.shifts[at] ?? 0)
}

/**
 * What the desk must ask about: the clock reads earlier than the last entry or confirmation; or it is half a day off; or, before
 * anybody has told the time, it is more than two weeks past the last sign of life; and nobody has said that this is right.
 */
function isDoubtful(run: Run, at: number): boolean {
  const { lastMoment, lastContact, isTold, confirmedMs } = knownOf(run, at)
  const now = Date.now() + (run.shifts[at] ?? 0)
  const difference = differenceMs(run, at)
  const differs = Math.abs(difference) > 12 * hour && Math.abs(difference - confirmedMs) > hour
  const lastSign = Math.max(lastMoment, lastContact)
  const ahead = !isTold && lastSign > 0 && now > lastSign + 14 * day
  return now < lastMoment - 2 * minute || differs || ahead
}

/** No number while the clock is not believed; one word of the officer and it is given, or the lane has really ended. */
async function receive(run: Run, at: number): Promise<void> {
  const { broken, random } = run
  const command = receiveCommand(procedureOf('2.000815'), newId())
  const doubtful = isDoubtful(run, at)
  const first = await act(run, at, command)
  if (first.ok && doubtful) broken.push('a number was given under a clock nobody had confirmed')
  if (first.ok || first.error.code === 'number/lane-expired') return
  if (!clockCodes.has(first.error.code)) {
    if (first.error.code !== 'procedure/unknown') broken.push(`receiving was refused with ${first.error.code}`)
    return
  }
  if (!doubtful) {
    const told = JSON.stringify({ ...knownOf(run, at), shift: run.shifts[at], answered: first.error })
    broken.push(`${first.error.code} about a clock that was right or confirmed: ${told}`)
  }
  const { clockBehind, clockDiffers, clockAhead } = deskStatusOf(deskAt(run, at), '')
  if (!clockBehind && !clockDiffers && !clockAhead) broken.push(`${first.error.code} without a word on the screen`)
  if (random() < 0.4) return
  const desk = deskAt(run, at)
  await desk.clockTrust.confirm()
  const known = knownOf(run, at)
  known.lastMoment = Date.now() + (run.shifts[at] ?? 0)
  known.confirmedMs = differenceMs(run, at) || known.confirmedMs
  if (random() < 0.5) await reopen(run, at)
  // After the restart the district may have said something the officer was not asked about yet.
  const newQuestion = isDoubtful(run, at)
  const second = await act(run, at, command)
  if (!second.ok && !newQuestion && second.error.code !== 'number/lane-expired') {
    broken.push(`after the confirmation: ${second.error.code}`)
  }
}

async function reopen(run: Run, at: number): Promise<void> {
  const known = knownOf(run, at)
  const desk = await run.office.reopen(at)
  const doneBefore = desk.findExchange()?.status().lastSuccessAt
  Object.assign(known, { startShift: run.shifts[at] ?? 0, isTold: false, doneBefore })
  // Its first exchange may tell it the time at once; the next step begins when that is over.
  await desk.findExchange()?.now()
  run.restarts += 1
  if (desk.journalHealth.state === 'whole') run.opened += 1
}

async function act(run: Run, at: number, command: Command) {
  const desk = deskAt(run, at)
  const commandId = newId() as CommandId
  const done = await desk.commands.execute({ commandId, command })
  if (done.ok) {
    const entry = desk.journal.index.events.get(done.value.eventId)
    const event = entry && (await desk.journal.eventOf(entry))
    const off = Math.abs(Date.parse(event?.at ?? '') - Date.now() - (run.shifts[at] ?? 0))
    if (!event || off > 10 * minute) run.broken.push('an event does not carry the time of the PC')
    else {
      run.done.push({ desk: at, eventId: event.id, commandId, at: event.at })
      knownOf(run, at).lastMoment = Date.parse(event.at)
    }
  }
  return done
}

async function compare({ office, done, broken }: Run): Promise<Pick<AttackResult, 'lost' | 'duplicated'>> {
  const stream = await streamOf(office.district)
  const times = new Map<string, StoredEvent[]>()
  for (const { event } of stream) times.set(event.commandId, [...(times.get(event.commandId) ?? []), event])
  for (const { commandId, at } of done) {
    const arrived = times.get(commandId)?.[0]
    if (arrived && arrived.at !== at) broken.push(`the time of an event was altered: ${at} became ${arrived.at}`)
  }
  const numbers = stream.flatMap(({ event }) => (event.body['number'] as { text: string } | undefined)?.text ?? [])
  if (new Set(numbers).size !== numbers.length) broken.push('a number was given twice')
  const ids = new Set(stream.map(({ event }) => event.id))
  if (ids.size !== stream.length) broken.push('an event id was used twice')
  broken.push(...misplaced(office.desks, stream, done), ...(await disagreements(office, stream)))
  return {
    lost: done.filter(({ commandId }) => !times.has(commandId)).length,
    duplicated: [...times.values()].filter((events) => events.length > 1).length,
  }
}

/** What one desk did to one dossier stands in the order it was done, whatever the clock said; only a lost race comes later. */
function misplaced(
  desks: readonly Desk[],
  stream: readonly { readonly event: StoredEvent }[],
  done: readonly Done[],
): readonly string[] {
  const places = new Map(stream.map(({ event }, place) => [event.commandId, { place, event }]))
  const found: string[] = []
  for (const desk of desks.keys()) {
    const last = new Map<string, number>()
    for (const one of done.filter((each) => each.desk === desk)) {
      const arrived = places.get(one.commandId as CommandId)
      if (!arrived || arrived.event.rebasedFrom) continue
      const { dossierId } = arrived.event
      if (arrived.place < (last.get(dossierId) ?? -1)) found.push(`desk ${desk + 1}: ${dossierId} is out of order`)
      last.set(dossierId, arrived.place)
    }
  }
  return found
}

function deskAt({ office }: Pick<Run, 'office'>, at: number): Desk {
  const desk = office.desks[at]
  if (!desk) throw new Error(`no desk ${at}`)
  return desk
}
