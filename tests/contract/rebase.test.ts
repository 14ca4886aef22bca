import { expect, onTestFinished, test } from 'vitest'
import type { DecidingDesk } from '../../electron/commands/decision-context.ts'
import { applyReply } from '../../electron/exchange/apply-reply.ts'
import { rebaseLostRaces } from '../../electron/exchange/rebase.ts'
import { chainEvent } from '../../electron/journal/chain.ts'
import { outboxOf } from '../../electron/projection/outbox.ts'
import { timelineOf } from '../../electron/projection/timeline.ts'
import type { DossierId, EventId } from '../../shared/core/ids.ts'
import type { Command } from '../../shared/domain/command.ts'
import type { DossierEvent } from '../../shared/domain/event.ts'
import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()
const farTooOften = 50

/** A desk that has received a dossier; no exchange has begun. */
async function deskWithDossier() {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  const desk = await openNodeDesk({ folder: tempFolder() })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, await district.code(), 'Quầy 1')
  await signIn(desk, 'goi.son')
  const dossierId = newId() as DossierId
  await execute(desk, receiveCommand(procedureOf('2.000815'), dossierId))
  const deciding = desk.findDeciding()
  if (!deciding) throw new Error('a desk that decides')
  const done = async (command: Command): Promise<EventId> => {
    const answer = await execute(desk, command)
    if (!answer.ok) throw new Error(answer.error.code)
    return answer.value.eventId as EventId
  }
  const note = () => done({ type: 'add-note', dossierId, text: 'Đã gọi cho người nộp' })
  const finish = () => done({ type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao chứng thực' } })
  const refuse = (...eventIds: EventId[]) => applyReply(deciding.journal, refusalOf(deciding, eventIds))
  const unsentOf = (type: string) => {
    const found = [...deciding.journal.index.unsent.values()].filter((entry) => entry.type === type)
    if (!found[0]) throw new Error(`no unsent ${type}`)
    return { eventId: found[0].eventId as EventId, chainN: found[0].chainN ?? 0 }
  }
  return { desk: deciding, dossierId, done, note, finish, refuse, unsentOf }
}

test('what was decided again before stays in front of what its officer did after it', async () => {
  const { desk, note, finish, refuse, unsentOf } = await deskWithDossier()
  await refuse(await finish())
  // While that answer was on its way.
  const noted = await note()
  await rebaseLostRaces(desk)
  await refuse(unsentOf('dossier-finished').eventId, noted)
  expect(await rebaseLostRaces(desk)).toBe(2)
  const [finishedAt, notedAt] = ['dossier-finished', 'note-added'].map((type) => unsentOf(type).chainN)
  expect(finishedAt).toBeLessThan(notedAt ?? 0)
})

test('what lost its race more than once names all it had been, for desks that hold the first from a former life', async () => {
  const { desk, note, refuse, unsentOf } = await deskWithDossier()
  const formers = [await note()]
  for (const _race of [1, 2]) {
    await refuse(formers[0] as EventId)
    await rebaseLostRaces(desk)
    formers.unshift(unsentOf('note-added').eventId)
  }
  const [last, nearest, first] = formers
  const entry = desk.journal.index.events.get(last ?? '')
  if (!entry) throw new Error('no event decided again')
  expect(await desk.journal.eventOf(entry)).toMatchObject({ rebasedFrom: nearest, rebasedBefore: [first] })
  // The one between still says what became of the first, so that the history shows neither as returned.
  expect(desk.journal.index.events.get(first ?? '')?.rebasedTo).toBe(nearest)
})

test('an answer that lost its race still names what it answers, which stays in the history as returned work', async () => {
  const { desk, dossierId, note, done, refuse, unsentOf } = await deskWithDossier()
  const returned = await note()
  await applyReply(desk.journal, refusalOf(desk, [returned], 'dossier/wrong-status'))
  const answer = await done({ type: 'withdraw-returned', dossierId, resolves: returned, returnedType: 'note-added' })
  await refuse(answer)
  expect(await rebaseLostRaces(desk)).toBe(1)
  const { eventId } = unsentOf('returned-withdrawn')
  const entry = desk.journal.index.events.get(eventId)
  if (!entry) throw new Error('no answer decided again')
  const again = await desk.journal.eventOf(entry)
  expect([again.rebasedFrom, again.rebasedBefore]).toEqual([answer, undefined])
  const no = () => false
  const timeline = await timelineOf(desk.journal, desk.reference, no, no, dossierId)
  expect(timeline.find((told) => told.eventId === returned)).toMatchObject({ answeredBy: eventId })
})

test('texts of the version before name the nearest alone: the first is found all the same', async () => {
  const { desk, note, refuse } = await deskWithDossier()
  const { journal } = desk
  const first = await note()
  const entry = journal.index.events.get(first)
  if (!entry) throw new Error('no note')
  const formers = [first]
  for (const _race of [1, 2]) {
    const [from] = formers
    const id = newId() as EventId
    const again = { ...(await journal.eventOf(entry)), id, rebasedFrom: from } as DossierEvent
    await journal.append([{ own: [chainEvent(journal.index.chain, again)], rebased: [{ from: from ?? '', to: id }] }])
    formers.unshift(id)
  }
  const later = await note()
  await refuse(formers[0] as EventId, later)
  expect(await rebaseLostRaces(desk)).toBe(2)
  const notes = [...journal.index.unsent.values()].filter(({ type }) => type === 'note-added').slice(-2)
  const [earlier, behind] = await Promise.all(notes.map((each) => journal.eventOf(each)))
  expect([earlier?.rebasedFrom, earlier?.rebasedBefore]).toEqual([formers[0], formers.slice(1)])
  expect(behind?.rebasedFrom).toBe(later)
})

test('a desk that lacks events of its own decides nothing again: what came of it may be among them', async () => {
  const { desk, note, refuse } = await deskWithDossier()
  await refuse(await note())
  await desk.journal.append([{ whole: false }])
  expect(await rebaseLostRaces(desk)).toBe(0)
  await desk.journal.append([{ whole: true }])
  expect(await rebaseLostRaces(desk)).toBe(1)
})

test('refused twenty times in a row, an act is left to its officer', async () => {
  const { desk, note, refuse, unsentOf } = await deskWithDossier()
  let last = await note()
  let refusals = 0
  while (refusals < farTooOften) {
    await refuse(last)
    refusals += 1
    if ((await rebaseLostRaces(desk)) === 0) break
    last = unsentOf('note-added').eventId
  }
  expect(refusals).toBe(20)
  const no = () => false
  const { entries } = await outboxOf(desk.journal, no, no, 10)
  const told = entries.find(({ eventId }) => eventId === last)
  expect(told).toMatchObject({ type: 'note-added', state: 'returned', code: 'dossier/changed-meanwhile' })
})

function refusalOf(
  { journal, identity }: DecidingDesk,
  eventIds: readonly EventId[],
  code = 'dossier/changed-meanwhile',
): ExchangeReply {
  return {
    protocol: protocolVersion,
    unitId: identity.unit.id,
    deskId: identity.deskId,
    time: '2022-08-17T02:00:00.000Z',
    verdicts: eventIds.map((eventId) => ({ eventId, verdict: 'refused', code })),
    events: [],
    cursor: { epoch: 'e', seq: 0 },
    more: false,
    ownHead: journal.index.chain,
    publications: {},
    signature: '',
  }
}
