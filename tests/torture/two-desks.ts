import path from 'node:path'
import type { Desk } from '../../electron/desk.ts'
import type { EventEntry } from '../../electron/journal/event-entry.ts'
import { timelineOf } from '../../electron/projection/timeline.ts'
import type { DossierId, EventId } from '../../shared/core/ids.ts'
import type { Command } from '../../shared/domain/command.ts'
import { answeringChanges, conflictOf, withdrawingChanges } from '../../shared/domain/conflict.ts'
import { findFieldText } from '../../shared/domain/correction.ts'
import { type Dossier, receptionOf } from '../../shared/domain/dossier.ts'
import { findKnownEvent, isWitnessed, type StoredEvent } from '../../shared/domain/event.ts'
import { applyEvent, foldDossier } from '../../shared/domain/fold.ts'
import type { TimelineEntry } from '../../shared/ipc/view.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { newId } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster } from '../harness/test-district.ts'
import { type Attack, type AttackResult, sumOf } from './attack.ts'
import {
  type Acknowledged,
  disagreements,
  followed,
  type InStream,
  type Office,
  openOffice,
  streamOf,
} from './office.ts'

const rounds = { short: 16, long: 600 }
/** A fresh district after so many rounds keeps the last comparison small. */
const roundsPerOffice = 60

/**
 * ```
 * one dossier, everywhere the same ─► no line: 2–3 desks do 1–3 things to it each ─► line: exchange in any order
 *   ─► everything stands, was decided again, or lies there as returned with both values ─► each conflict is answered
 *   ─► all agree, nothing is unsent, nothing that was acknowledged is missing from any history
 * ```
 */
export const twoDesks: Attack = {
  id: 'two-desks',
  holds:
    'what several desks do to one dossier without a line stands, is decided again, or is asked about with both values',
  async run({ seed, scale, folder, say }) {
    const cluster = await TestCluster.start()
    const random = seededRandom(seed)
    const result = { tries: 0, acknowledged: 0, lost: 0, duplicated: 0, opened: { times: 0, of: 0 }, broken: [] }
    let total: AttackResult = result
    try {
      for (let done = 0; done < rounds[scale]; done += roundsPerOffice) {
        const count = Math.min(roundsPerOffice, rounds[scale] - done)
        total = sumOf(total, await oneOffice(cluster, path.join(folder, `office-${done}`), count, random, say))
      }
    } finally {
      await cluster.stop()
    }
    return total
  },
}

async function oneOffice(
  cluster: TestCluster,
  folder: string,
  count: number,
  random: () => number,
  say: (line: string) => void,
): Promise<AttackResult> {
  const office = await openOffice({ cluster, folder, count: random() < 0.5 ? 2 : 3 })
  const run: Run = { office, random, acknowledged: [], broken: [], returned: 0, answered: 0 }
  try {
    for (let at = 0; at < count; at += 1) await oneDossier(run, at)
    say(`${count} dossiers: ${run.returned} events came back, ${run.answered} were answered`)
    const stream = await streamOf(office.district)
    const perCommand = new Map<string, number>()
    for (const { event } of stream) perCommand.set(event.commandId, (perCommand.get(event.commandId) ?? 0) + 1)
    let lost = 0
    for (const one of run.acknowledged) {
      if (!perCommand.has(one.commandId) && !(await isReturned(office, one))) lost += 1
    }
    let opened = 0
    for (const at of office.desks.keys()) if ((await office.reopen(at)).journalHealth.state === 'whole') opened += 1
    return {
      tries: count,
      acknowledged: run.acknowledged.length,
      lost,
      duplicated: [...perCommand.values()].filter((times) => times > 1).length,
      opened: { times: opened, of: office.desks.length },
      broken: [...run.broken, ...overwritten(stream), ...(await disagreements(office, stream))],
    }
  } finally {
    await office.close()
  }
}

/** What the district does not hold, itself or decided again, its desk must show as returned, answered or not. */
async function isReturned(office: Office, { desk: at, dossierId, commandId }: Acknowledged): Promise<boolean> {
  const desk = deskAt(office, at)
  for (const { eventId, exchange } of await timeline(desk, dossierId)) {
    const entry = exchange === 'returned' ? desk.journal.index.events.get(eventId) : undefined
    if (entry && (await desk.journal.eventOf(entry)).commandId === commandId) return true
  }
  return false
}

/** A correction may only replace the text its officer saw, or repeat what is there. */
function overwritten(stream: readonly InStream[]): readonly string[] {
  const dossiers = new Map<string, Dossier | undefined>()
  return stream.flatMap(({ event }) => {
    const before = dossiers.get(event.dossierId)
    dossiers.set(event.dossierId, applyEvent(before, event))
    const known = findKnownEvent(event)
    if (known?.type !== 'dossier-corrected' || !before) return []
    const unasked = known.body.changes.filter(({ field, from, to }) => {
      const now = findFieldText(before, field)
      return now !== from && now !== to
    })
    return unasked.map(({ field }) => `${field} was overwritten unasked by ${event.id}`)
  })
}

interface Run {
  readonly office: Office
  readonly random: () => number
  readonly acknowledged: Acknowledged[]
  readonly broken: string[]
  returned: number
  answered: number
}

async function oneDossier(run: Run, round: number): Promise<void> {
  const { office, random, broken } = run
  const dossierId = newId() as DossierId
  await act(run, 0, receiveCommand(procedureOf('2.000815'), dossierId))
  if (random() < 0.4) await act(run, 0, { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao' } })
  if (!(await office.settle())) broken.push(`round ${round}: not the same everywhere at the start`)
  office.line.setUp(false)
  for (const at of office.desks.keys()) {
    const times = 1 + Math.floor(random() * 3)
    for (let step = 0; step < times; step += 1) {
      const dossier = foldDossier(await deskAt(office, at).journal.history(dossierId))
      if (dossier) await act(run, at, commandFor(dossier, random))
    }
  }
  office.line.setUp(true)
  const order = [...office.desks.keys()].sort(() => random() - 0.5)
  for (const at of order) await deskAt(office, at).findExchange()?.now()
  if (!(await office.settle())) broken.push(`round ${round}: not everything was sent`)
  await checkOutcome(run, round, dossierId)
  await answerAll(run, round, dossierId)
}

async function act(run: Run, at: number, command: Command): Promise<void> {
  const commandId = newId() as Parameters<Desk['commands']['execute']>[0]['commandId']
  const done = await deskAt(run.office, at).commands.execute({ commandId, command })
  if (!done.ok) return
  const { dossierId, eventId } = done.value
  run.acknowledged.push({ desk: at, dossierId, eventId, commandId, what: command.type })
}

function deskAt(office: Office, at: number): Desk {
  const desk = office.desks[at]
  if (!desk) throw new Error(`no desk ${at}`)
  return desk
}

/** Something an officer might do to this dossier; most often a correction, because only those clash in fields. */
function commandFor(dossier: Dossier, random: () => number): Command {
  const { id: dossierId } = dossier
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const text = String(Math.floor(random() * 4))
  const choice = random()
  if (choice < 0.5) {
    const document = receptionOf(dossier)?.documents[0]?.documentId
    const all = [
      ['applicant.phone', `090000000${text}`],
      ['applicant.address', `Thôn ${text}`],
      ['declaration.certified.copies', String(1 + Math.floor(random() * 4))],
      [`documents.${document}.note`, `Trang ${text}`],
      ['deliverable.number', text],
    ] as const
    const changes = all
      .filter(() => random() < 0.4)
      .flatMap(([field, to]) => {
        const from = findFieldText(dossier, field)
        return from === undefined || from === to ? [] : [{ field, from, to }]
      })
    if (changes.length > 0) return { type: 'correct-dossier', dossierId, changes }
  }
  return pick<Command>([
    { type: 'add-note', dossierId, text: `Ghi chú ${text}` },
    { type: 'start-processing', dossierId, note: text },
    { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao chứng thực', number: text } },
    { type: 'hand-over', dossierId, recipient: { name: `Người nhận ${text}` }, method: 'counter' },
  ])
}

/** Right after the exchange: every acknowledged act has one of the three fates, and a returned one shows its values. */
async function checkOutcome(run: Run, round: number, dossierId: DossierId): Promise<void> {
  const { office, broken } = run
  for (const { desk: at, eventId, what } of run.acknowledged.filter((one) => one.dossierId === dossierId)) {
    const desk = deskAt(office, at)
    const entry = followed(desk, eventId)
    if (entry?.streamSeq !== undefined) continue
    if (!entry || !desk.journal.index.refused.get(entry.eventId)) {
      broken.push(`round ${round}: ${what} of desk ${at + 1} neither stands nor came back`)
    } else if (isWitnessed(entry.type)) broken.push(`round ${round}: the witnessed ${what} came back`)
    else {
      run.returned += 1
      const line = (await timeline(desk, dossierId)).find((one) => one.eventId === entry.eventId)
      if (line?.exchange !== 'returned' || JSON.stringify(line.body) === '{}') {
        if (what !== 'start-processing') broken.push(`round ${round}: ${what} is not shown as returned with its values`)
      }
    }
  }
}

/** What the conflict dialog does, with a random choice, until nothing is left to choose. */
async function answerAll(run: Run, round: number, dossierId: DossierId): Promise<void> {
  const { office, broken } = run
  for (let times = 0; times < 12; times += 1) {
    let left = 0
    for (const at of office.desks.keys()) {
      const desk = deskAt(office, at)
      const returned = [...desk.journal.index.refused.values()].find((entry) => entry.dossierId === dossierId)
      if (!returned) continue
      left += 1
      await answer(run, round, at, returned)
    }
    if (left === 0) return
    if (!(await office.settle())) broken.push(`round ${round}: an answer was not sent`)
  }
  broken.push(`round ${round}: some returned work could not be answered`)
}

async function answer(run: Run, round: number, at: number, returned: EventEntry): Promise<void> {
  const { office, random, broken } = run
  const desk = deskAt(office, at)
  const dossierId = returned.dossierId as DossierId
  const resolves = returned.eventId as EventId
  const dossier = foldDossier(await desk.journal.history(dossierId))
  if (!dossier) throw new Error('no dossier')
  const entries = await timeline(desk, dossierId)
  const event: StoredEvent = await desk.journal.eventOf(returned)
  const accepted = entries.filter(({ exchange }) => exchange !== 'returned')
  const conflict = conflictOf(dossier, { ...event, eventId: event.id }, accepted)
  const unnamed = conflict.fields.find(({ theirsBy }) => theirsBy === undefined)
  if (unnamed) broken.push(`round ${round}: nobody is named for ${unnamed.field}`)
  const chosen = Object.fromEntries(
    conflict.fields.map(({ field, mine, theirs }) => {
      const third = field.startsWith('declaration.') ? '9' : '0999999999'
      return [field, [mine, theirs, third][Math.floor(random() * 3)] ?? mine] as const
    }),
  )
  const changes = random() < 0.25 ? withdrawingChanges(dossier, conflict) : answeringChanges(dossier, conflict, chosen)
  const before = run.acknowledged.length
  await act(
    run,
    at,
    changes.length > 0 && conflict.fields.length > 0
      ? { type: 'correct-dossier', dossierId, changes: [...changes], resolves }
      : { type: 'withdraw-returned', dossierId, resolves, returnedType: returned.type },
  )
  const answered = run.acknowledged[before]
  if (!answered) return void broken.push(`round ${round}: the answer to ${returned.type} was refused`)
  run.answered += 1
  const line = (await timeline(desk, dossierId)).find(({ eventId }) => eventId === returned.eventId)
  if (line?.answeredBy !== answered.eventId)
    broken.push(`round ${round}: the returned ${returned.type} left the history`)
  const text = JSON.stringify((await desk.journal.history(dossierId)).find(({ id }) => id === answered.eventId)?.body)
  for (const { mine, theirs, field } of conflict.fields) {
    if (!text.includes(mine) || !text.includes(theirs)) broken.push(`round ${round}: a value of ${field} was forgotten`)
  }
}

function timeline(desk: Desk, dossierId: string): Promise<readonly TimelineEntry[]> {
  return timelineOf(
    desk.journal,
    desk.reference,
    () => false,
    () => false,
    dossierId,
  )
}
