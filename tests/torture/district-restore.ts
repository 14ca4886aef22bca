import path from 'node:path'
import { readBackup } from '../../district/backup/read-backup.ts'
import { writeBackup } from '../../district/backup/write-backup.ts'
import { retireDesk } from '../../district/store/desks.ts'
import type { Desk } from '../../electron/desk.ts'
import { enrolAgain } from '../../electron/enrolment/enrol.ts'
import type { DossierId } from '../../shared/core/ids.ts'
import type { Command } from '../../shared/domain/command.ts'
import { findProcedure } from '../../shared/law/procedure.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster, type TestDistrict } from '../harness/test-district.ts'
import type { Attack, AttackResult } from './attack.ts'
import { disagreements, followed, type Office, openOffice, streamOf } from './office.ts'

const schedules = { short: 3, long: 60 }
const disasters = ['older backup', 'backup older than a desk', 'another database'] as const

/**
 * ```
 * 2–3 desks work ─► backup ─► they work on, one more may come ─► disaster ─► they work on ─► exchange:
 *   known: offer what the district lacks · unknown: say so, enrol again with a new code · one is retired, and let in again
 * ─► every acknowledged event once, every number once, all tell the same; what the district had accepted and signed stands
 *    in its old order, as it was judged, and at its old place as far as every desk holds it
 * ```
 */
export const districtRestore: Attack = {
  id: 'district-restore',
  holds:
    'a district that goes back in time or begins anew loses nothing the desks acknowledged, signed acceptances keep their place, no number is given twice',
  async run({ seed, scale, folder, say }) {
    const cluster = await TestCluster.start()
    const total = { tries: 0, acknowledged: 0, lost: 0, duplicated: 0, opened: { times: 0, of: 0 } }
    const broken: string[] = []
    try {
      for (let at = 0; at < schedules[scale]; at += 1) {
        const random = seededRandom(seed + at)
        const disaster = disasters[at % disasters.length] ?? disasters[0]
        const place = path.join(folder, String(at))
        const office = await openOffice({ cluster, folder: place, count: 2 + Math.floor(random() * 2) })
        const opened = total.opened
        const run: Run = { cluster, office, district: office.district, random, kept: new Map(), broken: [], opened }
        try {
          const accepted = await play(run, disaster, place)
          const { lost, duplicated } = await compare(run)
          if (disaster !== 'another database') run.broken.push(...(await displaced(run, accepted)))
          total.tries += 1
          total.acknowledged += run.kept.size
          total.lost += lost
          total.duplicated += duplicated
          for (const fault of run.broken) broken.push(`seed ${seed + at}, ${disaster}: ${fault}`)
        } finally {
          // The district it began with ended in the disaster; it is closed last, after desks and line.
          await office.close().catch(() => undefined)
          await run.district.close()
        }
        say(`${at + 1}/${schedules[scale]} ${disaster}, ${total.acknowledged} acknowledged`)
      }
    } finally {
      await cluster.stop()
    }
    return { ...total, broken } satisfies AttackResult
  },
}

interface Run {
  readonly cluster: TestCluster
  readonly office: Office
  /** Of the present life. */
  district: TestDistrict
  readonly random: () => number
  /** Event ids of what was acknowledged, by the desk that did. */
  readonly kept: Map<string, number>
  readonly broken: string[]
  readonly opened: { times: number; of: number }
}

/** What the district had accepted when the disaster came, as far as any desk holds its word. */
interface Accepted {
  readonly places: readonly Place[]
  /** How far every desk knows it, so that whichever comes back first gives it back before anything new is sent. */
  readonly heldByAll: number
}

async function play(run: Run, disaster: (typeof disasters)[number], folder: string): Promise<Accepted> {
  const { office, random } = run
  await work(run, 8)
  const { store, dataFolder, clock } = run.district.district
  const file = path.join(folder, 'backup.gz')
  await writeBackup(store.allUnits, { dataFolder, file, takenAt: clock.now(), scans: true })
  if (disaster === 'backup older than a desk') await join(run)
  await work(run, 12)
  office.line.setUp(false)
  for (const desk of office.desks) await desk.findExchange()?.now()
  // A district that is restored does not run: what it still was at for a desk that had given up is over.
  run.district = await run.cluster.restart(run.district)
  const accepted = await placesIn(run.district)
  const held = office.desks.map(({ journal }) => journal.index.cursor.seq)
  if (disaster === 'another database') {
    await run.district.close()
    run.district = await run.cluster.district()
  } else {
    await readBackup(run.district.district.store.allUnits, dataFolder, file)
    run.district = await run.cluster.restart(run.district)
  }
  office.line.leadTo(run.district.url)
  await work(run, 6)
  office.line.setUp(true)
  for (const at of shuffled(office.desks.keys(), random)) {
    if (random() < 0.5) await reopen(run, at)
    await comeBack(run, at)
    await work(run, 3)
  }
  if (random() < 0.7) await retireAndLetIn(run, Math.floor(random() * office.desks.length))
  await work(run, 6)
  if (!(await office.settle())) run.broken.push('the desks did not come to rest')
  // What the line cut off on its way down no desk can prove.
  return { places: accepted.filter(({ seq }) => seq <= Math.max(...held)), heldByAll: Math.min(...held) }
}

async function reopen({ office, opened }: Run, at: number): Promise<Desk> {
  opened.of += 1
  const desk = await office.reopen(at)
  if (desk.journalHealth.state === 'whole') opened.times += 1
  return desk
}

async function join({ office, district }: Run): Promise<void> {
  const at = office.desks.length
  const desk = await openNodeDesk({ folder: office.folderOf(at), random: () => 0 })
  await enrolDesk(desk, office.line.url, await district.code(), `Quầy ${at + 1}`)
  await signIn(desk, 'goi.son')
  desk.startExchange()
  office.desks.push(desk)
}

/** Random work at random desks; one of three times the desk exchanges afterwards. */
async function work(run: Run, steps: number): Promise<void> {
  const { office, random } = run
  for (let step = 0; step < steps; step += 1) {
    const at = Math.floor(random() * office.desks.length)
    const desk = office.desks[at]
    if (!desk) continue
    const done = await execute(desk, commandFor(desk, random))
    if (done.ok) run.kept.set(done.value.eventId, at)
    if (random() < 0.34) await desk.findExchange()?.now()
  }
}

function commandFor(desk: Desk, random: () => number): Command {
  const dossiers = [...desk.journal.index.dossiers.keys()]
  const dossierId = dossiers[Math.floor(random() * dossiers.length)] as DossierId | undefined
  if (dossierId !== undefined && random() < 0.4) return { type: 'add-note', dossierId, text: 'Đã gọi cho người nộp' }
  const { catalogue } = desk.reference.current()
  const procedure = catalogue && findProcedure(catalogue, '2.000815', desk.clock.instant().slice(0, 10))
  if (!procedure) throw new Error('no certified copies in the catalogue')
  const applicant = { kind: 'person', name: 'Nguyễn Thị Ánh', personalId: '036185001234' } as const
  return receiveCommand(procedure, newId(), { applicant })
}

async function comeBack(run: Run, at: number): Promise<void> {
  const { office, district } = run
  const desk = office.desks[at]
  if (!desk) return
  await desk.findExchange()?.now()
  const { line, code } = desk.findExchange()?.status() ?? {}
  if (line !== 'refused') return
  if (code !== 'desk/unknown') return void run.broken.push(`desk ${at + 1} is told ${code}`)
  const typed = { url: office.line.url, code: await district.code() }
  const enrolled = await desk.atRest(() => enrolAgain(typed, desk))
  if (!enrolled.ok) run.broken.push(`desk ${at + 1} cannot enrol again: ${enrolled.error.code}`)
  await desk.findExchange()?.now()
}

async function retireAndLetIn(run: Run, at: number): Promise<void> {
  const { office, district } = run
  const desk = office.desks[at]
  const deskId = desk?.identity.current()?.deskId
  if (!desk || !deskId) return
  await retireDesk(district.district.store.allUnits, deskId, district.district.clock.now())
  await desk.findExchange()?.now()
  const reopened = await reopen(run, at)
  const refused = await execute(
    reopened,
    commandFor(reopened, () => 1),
  )
  if (refused.ok || refused.error.code !== 'desk/retired') run.broken.push(`desk ${at + 1} worked on, retired`)
  await retireDesk(district.district.store.allUnits, deskId, undefined)
  await reopened.findExchange()?.now()
}

async function compare(run: Run): Promise<{ lost: number; duplicated: number }> {
  const { office, kept, broken } = run
  const stream = await streamOf(run.district)
  const places = new Map<string, number>()
  const numbers = new Map<string, number>()
  for (const { event } of stream) {
    places.set(event.id, (places.get(event.id) ?? 0) + 1)
    const number = (event.body as { number?: { text: string } }).number?.text
    if (number !== undefined) numbers.set(number, (numbers.get(number) ?? 0) + 1)
  }
  const lost = [...kept].filter(([eventId, at]) => {
    const desk = office.desks[at]
    const entry = desk && followed(desk, eventId)
    return !entry || (!places.has(entry.eventId) && entry.refusedCode === undefined)
  })
  for (const [eventId, at] of lost) broken.push(`event ${eventId} of desk ${at + 1} is nowhere`)
  for (const [number, times] of numbers) if (times > 1) broken.push(`number ${number} was given ${times} times`)
  broken.push(...(await disagreements({ ...office, district: run.district }, stream)))
  broken.push(...(await unexplainedIncidents(run)))
  return { lost: lost.length, duplicated: [...places.values()].filter((times) => times > 1).length }
}

interface Place {
  readonly seq: number
  readonly eventId: string
  /** What the district's acceptance said: findings, and when. */
  readonly judged: string
}

async function placesIn({ district }: TestDistrict): Promise<readonly Place[]> {
  const { rows } = await district.store
    .ofUnit('goi')
    .query<{ seq: string; event_id: string; findings: string; received_at: Date }>(
      `select seq, event_id, findings, received_at from event where unit_id = 'goi' order by seq`,
    )
  return rows.map(({ seq, event_id: eventId, findings, received_at: at }) => {
    return { seq: Number(seq), eventId, judged: `${findings} at ${at.toISOString()}` }
  })
}

/** Work done since may stand at or between their places; among themselves they stand as they did. */
async function displaced({ district }: Run, { places, heldByAll }: Accepted): Promise<readonly string[]> {
  const now = await placesIn(district)
  const standing = new Map(now.map((place) => [place.eventId, place]))
  const known = new Set(places.map(({ eventId }) => eventId))
  const order = now.filter(({ eventId }) => known.has(eventId)).map(({ eventId }) => eventId)
  const wrong = places.filter(({ eventId, seq, judged }) => {
    const place = standing.get(eventId)
    return place?.judged !== judged || (seq <= heldByAll && place.seq !== seq)
  })
  const faults = wrong.map(({ eventId, seq, judged }) => {
    const place = standing.get(eventId)
    return `accepted event ${eventId} was ${seq} (${judged}) and is ${place?.seq} (${place?.judged})`
  })
  const isInOrder = order.every((eventId, at) => eventId === places[at]?.eventId)
  return isInOrder ? faults : [...faults, 'accepted events stand in another order than before']
}

/**
 * An event that was refused before the disaster is not offered again, so its place in the chain stays empty and the
 * district says so. Any other incident is a fault.
 */
async function unexplainedIncidents({ office, district }: Run): Promise<readonly string[]> {
  const { rows } = await district.district.store
    .ofUnit('goi')
    .query<{ desk_id: string; code: string; subject: string; held: readonly string[] }>(
      `select desk_id, code, subject, array(select n from chain_link c where c.desk_id = i.desk_id) as held
       from incident i where closed_at is null`,
    )
  return rows.flatMap(({ desk_id: deskId, code, subject, held }) => {
    const desk = office.desks.find((one) => one.identity.current()?.deskId === deskId)
    const places = new Set(held.map(Number))
    const own = [...(desk?.journal.index.events.values() ?? [])].filter(({ chainN }) => chainN !== undefined)
    const missing = own.filter(({ chainN }) => !places.has(chainN ?? 0))
    const explained = code === 'chain/gap' && missing.length > 0 && missing.every((entry) => entry.refusedCode)
    return explained ? [] : [`incident ${code} ${subject}, ${missing.length} places missing`]
  })
}

function shuffled<T>(items: Iterable<T>, random: () => number): readonly T[] {
  return [...items]
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
