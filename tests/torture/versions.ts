import { cpSync } from 'node:fs'
import path from 'node:path'
import type { Desk } from '../../electron/desk.ts'
import type { Batch } from '../../electron/journal/batch.ts'
import { chainEvent } from '../../electron/journal/chain.ts'
import { openSegments } from '../../electron/journal/segments.ts'
import { openDataKey } from '../../electron/vault/data-key.ts'
import { deriveKey } from '../../electron/vault/seal.ts'
import type { CommandId, DossierId, EventId } from '../../shared/core/ids.ts'
import type { Command } from '../../shared/domain/command.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { newId } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster } from '../harness/test-district.ts'
import type { Attack, AttackResult } from './attack.ts'
import { type InStream, type Office, openOffice, streamOf } from './office.ts'
import { openOlderDesk } from './versions/older-desk.ts'

const schedules = { short: 1, long: 15 }
const newerEvents = { short: 120, long: 500 }

/**
 * ```
 * newer desk: 500 unsent events, of types, keys and frames this code does not know ─► this code opens the journal, works on,
 *   exchanges with a district as old ─► "newer" again: every text and frame as it was
 * this desk as a version below the district's floor ─► told in words, works on ─► "updated": everything goes
 * a refused event with children, a parked one, a malformed one ─► each alone; the rest goes
 * ```
 * The newer version is played by writing its events and frames straight into the journal.
 */
export const versions: Attack = {
  id: 'versions',
  holds: 'what another version wrote is kept as it was and sent, and nothing that cannot be taken holds up the rest',
  async run({ seed, scale, folder, say }) {
    const cluster = await TestCluster.start()
    const result = { tries: 0, acknowledged: 0, lost: 0, duplicated: 0, times: 0, of: 0 }
    const broken: string[] = []
    try {
      for (let at = 0; at < schedules[scale]; at += 1) {
        const office = await openOffice({ cluster, folder: path.join(folder, String(at)), count: 2 })
        const run: Run = { office, random: seededRandom(seed + at), kept: new Map(), broken, opened: 0, reopened: 0 }
        try {
          await downgrade(run, newerEvents[scale])
          await belowTheFloor(run)
          await stuckEvents(run)
          const { lost, duplicated } = await compare(run)
          result.tries += run.kept.size
          result.acknowledged += run.kept.size
          result.lost += lost
          result.duplicated += duplicated
          result.times += run.opened
          result.of += run.reopened
        } finally {
          await office.close()
        }
        say(`${at + 1} of ${schedules[scale]} schedules, ${run.kept.size} events`)
      }
    } finally {
      await cluster.stop()
    }
    const { times, of, ...counts } = result
    return { ...counts, opened: { times, of }, broken } satisfies AttackResult
  },
}

interface Run {
  readonly office: Office
  readonly random: () => number
  /** Texts that must reach the district, by event id. */
  readonly kept: Map<string, string>
  readonly broken: string[]
  opened: number
  reopened: number
}

/** A batch of a version to come: keys this one has never heard of. */
type NewerBatch = Batch & { readonly seals: readonly string[] }

async function downgrade(run: Run, count: number): Promise<void> {
  const { office, random, broken } = run
  const desk = deskAt(office, 0)
  const ids = Array.from({ length: 6 }, () => newId() as DossierId)
  for (const dossierId of ids) await act(run, 0, receiveCommand(procedureOf('2.000815'), dossierId))
  await office.settle()
  office.line.setUp(false)
  const newer = ids.slice(0, 3)
  const frames: string[] = []
  for (let at = 0; at < count; at += 1) {
    const dossierId = newer[Math.floor(random() * newer.length)]
    if (!dossierId) throw new Error('no dossier')
    const event = await newerEvent(desk, dossierId, random())
    const own = chainEvent(desk.journal.index.chain, event)
    const mark = `seal-${at}`
    const batch: NewerBatch = { own: [own], seals: [mark] }
    await desk.journal.append([batch])
    run.kept.set(event.id, String(own.text))
    frames.push(mark)
  }
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  await desk.identity.save({ ...identity, ...{ sealOfUnit: 'từ bản sau' } })

  const older = await reopen(run, 0)
  const unsent = older.journal.index.unsent.size
  if (unsent !== count) broken.push(`${unsent} of ${count} unsent events are there after the downgrade`)
  for (const dossierId of newer) {
    const dossier = foldDossier(await older.journal.history(dossierId))
    if (!dossier || dossier.newerEvents === 0) continue
    const refused = await older.commands.execute({
      commandId: newId() as CommandId,
      command: { type: 'add-note', dossierId, text: 'Bản cũ ghi' },
    })
    if (refused.ok || refused.error.code !== 'dossier/made-by-newer-version') {
      broken.push('an older version wrote to a dossier it does not understand')
    }
  }
  for (const dossierId of ids.slice(3)) await act(run, 0, { type: 'add-note', dossierId, text: 'Bản cũ ghi' })
  const current = older.identity.current()
  if (current) await older.identity.save({ ...current, deskName: 'Quầy cũ' })
  office.line.setUp(true)
  if (!(await office.settle())) broken.push('what a newer version wrote was not sent by this one')

  const again = await reopen(run, 0)
  if (!Object.hasOwn(again.identity.current() ?? {}, 'sealOfUnit')) {
    broken.push('a setting of the newer version was lost by saving')
  }
  const marks = await marksInFrames(office.folderOf(0))
  const gone = frames.filter((mark) => !marks.has(mark))
  if (gone.length > 0) broken.push(`${gone.length} frames lost what only a newer version reads`)
  for (const [id, text] of run.kept) {
    const entry = again.journal.index.events.get(id)
    if (!entry) broken.push(`event ${id} left the journal`)
    else if (entry.chainN !== undefined && (await again.journal.textOf(entry)) !== text) {
      broken.push(`event ${id} was changed`)
    }
  }
}

/** Read from a copy of the journal's files: what stands in the frames besides what this version reads. */
async function marksInFrames(folder: string): Promise<ReadonlySet<string>> {
  const wrapping = { available: false, wrap: () => Buffer.alloc(0), unwrap: () => '' }
  const { key } = await openDataKey(path.join(folder, 'vault'), wrapping, path.join(folder, 'journal'))
  const copy = path.join(folder, 'copy-of-journal')
  cpSync(path.join(folder, 'journal'), copy, { recursive: true })
  const marks = new Set<string>()
  const { segments } = await openSegments(copy, deriveKey(key, 'journal'), [], ({ batch }) => {
    for (const mark of (batch as Partial<NewerBatch>).seals ?? []) marks.add(mark)
  })
  await segments.close()
  return marks
}

/** Of a type, or with a key, that this version does not know, or one it knows well, behind such a one. */
async function newerEvent(desk: Desk, dossierId: DossierId, choice: number): Promise<StoredEvent> {
  const history = await desk.journal.history(dossierId)
  const first = history[0]
  if (!first) throw new Error('no history')
  const head = {
    ...first,
    id: newId() as EventId,
    commandId: newId() as CommandId,
    seq: history.length + 1,
    at: desk.clock.instant(),
  }
  if (choice < 0.4) return { ...head, type: 'fee-waived', body: { by: 'Chủ tịch', amounts: [1, 2] } }
  if (choice < 0.7) return { ...head, type: 'note-added', body: { text: 'Có thêm mục', colour: 'vàng' } }
  return { ...head, ...{ legOf: 'liên thông' }, type: 'note-added', body: { text: 'Khóa lạ ở ngoài' } }
}

/** The district refuses what this desk says, as of a version below its floor, until the desk is "updated". */
async function belowTheFloor(run: Run): Promise<void> {
  const { office, broken } = run
  const desk = deskAt(office, 1)
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  const older = await openOlderDesk(identity, desk.clock)
  await desk.identity.save({ ...identity, districtUrl: older.url })
  const old = await reopen(run, 1)
  await old.findExchange()?.now()
  const status = old.findExchange()?.status()
  if (status?.line !== 'refused' || status.code !== 'protocol/too-old') {
    broken.push(`a desk below the floor says ${status?.line} ${status?.code}`)
  }
  const dossierId = newId() as DossierId
  await act(run, 1, receiveCommand(procedureOf('2.000815'), dossierId))
  await act(run, 1, { type: 'add-note', dossierId, text: 'Làm tiếp khi chờ cập nhật' })
  await old.findExchange()?.now()
  if (old.journal.index.unsent.size !== 2) broken.push('a desk below the floor does not keep its work')
  const taken = older.answers.filter((answer) => answer !== 'protocol/too-old')
  if (older.answers.length === 0 || taken.length > 0) broken.push(`the district answered below its floor: ${taken}`)
  older.update()
  await reopen(run, 1)
  if (!(await office.settle())) broken.push('the work of a desk below the floor was not sent after the update')
  await older.close()
  await deskAt(office, 1).identity.save(identity)
  await reopen(run, 1)
}

/** One dossier with a malformed event and a child of it, one with an event whose predecessor never comes. */
async function stuckEvents(run: Run): Promise<void> {
  const { office, broken } = run
  const desk = deskAt(office, 0)
  const [bad, parked, fine] = [newId(), newId(), newId()] as [DossierId, DossierId, DossierId]
  for (const id of [bad, parked, fine]) await act(run, 0, receiveCommand(procedureOf('2.000815'), id))
  await office.settle()
  office.line.setUp(false)
  const malformed = { ...(await newerEvent(desk, bad, 1)), type: 'note-added', body: { text: 7 } }
  const gap = { ...(await newerEvent(desk, parked, 1)), seq: 40 }
  for (const event of [malformed, gap]) {
    await desk.journal.append([{ own: [chainEvent(desk.journal.index.chain, event)] }])
  }
  const child = { ...(await newerEvent(desk, bad, 0.5)), body: { text: 'Sau việc bị trả lại' } }
  await desk.journal.append([{ own: [chainEvent(desk.journal.index.chain, child)] }])
  await act(run, 0, { type: 'add-note', dossierId: fine, text: 'Việc khác' })
  await act(run, 0, receiveCommand(procedureOf('2.000815'), newId()))
  office.line.setUp(true)
  for (let round = 0; round < 6; round += 1) await desk.findExchange()?.now()
  const { index } = desk.journal
  if (index.refused.get(malformed.id)?.refusedCode !== 'event/malformed')
    broken.push('a malformed event did not come back')
  if (!index.unsent.get(gap.id) || index.unsent.size !== 1) {
    broken.push(`${index.unsent.size} events wait, not only the one whose predecessor never comes`)
  }
  const notes = foldDossier(
    (await streamOf(office.district)).flatMap(({ event }) => (event.dossierId === bad ? event : [])),
  )
  if (!notes?.notes.some(({ text }) => text === 'Sau việc bị trả lại')) {
    broken.push('the child of a refused event was not decided again')
  }
  await answered(run, bad, malformed.id)
}

/** Also what no form can show has an end: the officer lets go of it. */
async function answered(run: Run, dossierId: DossierId, resolves: EventId): Promise<void> {
  const dossier = foldDossier(await deskAt(run.office, 0).journal.history(dossierId))
  if (dossier && dossier.newerEvents > 0) return
  await act(run, 0, { type: 'withdraw-returned', dossierId, resolves, returnedType: 'note-added' })
  await deskAt(run.office, 0).findExchange()?.now()
  if (deskAt(run.office, 0).journal.index.refused.size > 0) run.broken.push('returned work could not be let go')
}

async function act(run: Run, at: number, command: Command): Promise<void> {
  const desk = deskAt(run.office, at)
  const done = await desk.commands.execute({ commandId: newId() as CommandId, command })
  if (!done.ok) return void run.broken.push(`${command.type} was refused: ${done.error.code}`)
  const entry = desk.journal.index.events.get(done.value.eventId)
  if (entry) run.kept.set(entry.eventId, await desk.journal.textOf(entry))
}

async function reopen(run: Run, at: number): Promise<Desk> {
  const desk = await run.office.reopen(at)
  run.reopened += 1
  if (desk.journalHealth.state === 'whole') run.opened += 1
  return desk
}

async function compare({ office, kept, broken }: Run): Promise<Pick<AttackResult, 'lost' | 'duplicated'>> {
  const stream: readonly InStream[] = await streamOf(office.district)
  const texts = new Map(stream.map(({ event, text }) => [event.id as string, text]))
  const commands = stream.map(({ event }) => event.commandId)
  for (const [id, text] of kept) {
    if (texts.has(id) && texts.get(id) !== text) broken.push(`the district holds event ${id} otherwise`)
  }
  const other = deskAt(office, 1)
  await other.findExchange()?.now()
  for (const { event } of stream) {
    if (!other.journal.index.events.get(event.id)) broken.push(`the other desk lacks ${event.type} ${event.id}`)
  }
  return {
    lost: [...kept.keys()].filter((id) => !texts.has(id)).length,
    duplicated: commands.length - new Set(commands).size,
  }
}

function deskAt(office: Office, at: number): Desk {
  const desk = office.desks[at]
  if (!desk) throw new Error(`no desk ${at}`)
  return desk
}
