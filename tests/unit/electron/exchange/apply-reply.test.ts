import { expect, onTestFinished, test } from 'vitest'
import { applyReply } from '../../../../electron/exchange/apply-reply.ts'
import type { Batch } from '../../../../electron/journal/batch.ts'
import { chainEvent } from '../../../../electron/journal/chain.ts'
import type { Journal } from '../../../../electron/journal/journal.ts'
import type { DeskId, EventId, UnitId } from '../../../../shared/core/ids.ts'
import type { ExchangeReply } from '../../../../shared/wire/exchange.ts'
import { chainStart } from '../../../../shared/wire/own-event.ts'
import { newId, openNodeDesk } from '../../../harness/node-desk.ts'
import { sampleReception } from '../../../harness/sample-events.ts'
import { tempFolder } from '../../../harness/temp-folder.ts'

const at = '2022-08-17T01:00:00.000Z'

function replyWith(events: ExchangeReply['events']): ExchangeReply {
  return {
    protocol: 1,
    unitId: 'goi' as UnitId,
    deskId: newId() as DeskId,
    time: at,
    verdicts: [],
    events,
    cursor: { epoch: 'first', seq: events.at(-1)?.seq ?? 0 },
    more: false,
    ownHead: { n: 0, link: chainStart },
    publications: {},
    signature: '',
  }
}

function noteText(id: string): string {
  const ids = { id, dossierId: newId(), unitId: 'goi', deskId: newId(), staffId: 'goi.son', commandId: newId() }
  return JSON.stringify({
    ...ids,
    seq: 1,
    at,
    law: { catalogue: 1, calendar: 1 },
    type: 'note-added',
    body: { text: 'Gọi' },
  })
}

async function openJournal() {
  const desk = await openNodeDesk({ folder: tempFolder() })
  onTestFinished(() => desk.close())
  return desk.journal
}

test('told the place of an own event it does not hold, a desk is not whole and asks for everything again', async () => {
  const journal = await openJournal()
  const eventId = newId() as EventId
  const place = { seq: 1, eventId, receivedAt: at, findings: [] }
  await applyReply(journal, replyWith([place]))
  expect(journal.isWhole()).toBe(false)
  expect(journal.index.cursor).toEqual({ epoch: 'first', seq: 0 })
  await applyReply(journal, replyWith([{ ...place, text: noteText(eventId) }]))
  expect(journal.isWhole()).toBe(true)
  expect(journal.index.cursor.seq).toBe(1)
  expect(journal.index.events.has(eventId)).toBe(true)
})

test('a long reply is taken in a few frames at a time, and a command may come between', async () => {
  const journal = await openJournal()
  const events = Array.from({ length: 80 }, (_, index) => {
    const eventId = newId() as EventId
    const text = noteText(eventId).replace('Gọi', 'Gọi '.repeat(8_000))
    return { seq: index + 1, eventId, text, receivedAt: at, findings: [] }
  })
  const cursors: number[] = []
  const turn = async <T>(task: () => Promise<T>): Promise<T> => {
    const done = await task()
    cursors.push(journal.index.cursor.seq)
    return done
  }
  await applyReply(journal, replyWith(events), turn)
  expect(cursors.length).toBeGreaterThan(1)
  expect(cursors.at(-1)).toBe(80)
  // Each turn leaves a cursor that covers exactly what is there.
  for (const [index, seq] of cursors.entries()) expect(seq).toBeGreaterThan(cursors[index - 1] ?? 0)
  expect(journal.index.events.size).toBe(80)
})

/** A desk that has written so many receptions and is whole. */
async function deskWith(own: number) {
  const journal = await openJournal()
  const events = Array.from({ length: own }, (_, index) => sampleReception(index + 1, index + 1, index + 1))
  for (const event of events) await journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
  await journal.append([{ cursor: { epoch: 'first', seq: 0 } }])
  return { journal, ids: events.map(({ id }) => id) }
}

async function lastBatch(journal: Journal): Promise<Batch | undefined> {
  let last: Batch | undefined
  for await (const batch of journal.batches()) last = batch
  return last
}

const acceptedAt = (seq: number, eventId: EventId) => {
  return { eventId, verdict: 'accepted' as const, seq, receivedAt: at, findings: [] }
}

test('accepted verdicts that continue the cursor are places; told again from further back they change nothing', async () => {
  const { journal, ids } = await deskWith(4)
  const asked = { index: journal.index, cursor: journal.index.cursor }
  const [one, two, three, four] = ids as [EventId, EventId, EventId, EventId]
  const proof = { epoch: 'first', seq: 2, link: 'ab'.repeat(32), signature: 'c2ln' }
  const ownHead = { n: 4, link: journal.index.chain.link }
  const silent = { ...replyWith([]), cursor: asked.cursor, ownHead }
  await applyReply(journal, { ...silent, verdicts: [acceptedAt(1, one), acceptedAt(2, two)], proof }, undefined, asked)
  expect(journal.index.cursor).toEqual({ epoch: 'first', seq: 2 })
  expect(journal.index.lastReceivedAt).toBe(at)
  expect(await lastBatch(journal)).toMatchObject({ stream: [{ seq: 1, eventId: one }, { seq: 2 }], proof })
  // Another desk has place 3: what lies behind it is accepted, and the cursor waits for it.
  await applyReply(journal, { ...silent, verdicts: [acceptedAt(4, three)] }, undefined, asked)
  expect(journal.index.cursor.seq).toBe(2)
  expect([...journal.index.unsent.keys()]).toEqual([four])
  const place = (seq: number, eventId: EventId) => ({ seq, eventId, receivedAt: at, findings: [] })
  const other = newId() as EventId
  const events = [place(1, one), place(2, two), { ...place(3, other), text: noteText(other) }, place(4, three)]
  await applyReply(journal, { ...silent, events, cursor: { epoch: 'first', seq: 4 } }, undefined, asked)
  expect(journal.index.cursor.seq).toBe(4)
  expect((await lastBatch(journal))?.stream).toHaveLength(2)
  await applyReply(
    journal,
    { ...silent, events: events.slice(0, 1), cursor: { epoch: 'first', seq: 1 } },
    undefined,
    asked,
  )
  expect(journal.index.cursor.seq).toBe(4)
})

test('a district that answers from further back than it was asked has lost places, and is followed there', async () => {
  const { journal, ids } = await deskWith(1)
  const [one] = ids as [EventId]
  await journal.append([{ cursor: { epoch: 'first', seq: 9 } }])
  const ownHead = { n: 1, link: journal.index.chain.link }
  const back = { ...replyWith([]), verdicts: [acceptedAt(1, one)], cursor: { epoch: 'first', seq: 0 }, ownHead }
  await applyReply(journal, back)
  expect(journal.index.cursor.seq).toBe(0)
  expect(journal.index.unsent.size).toBe(0)
})

/** A stream of another desk's notes. */
const notes = (from: number, to: number): ExchangeReply['events'] =>
  Array.from({ length: to - from + 1 }, (_, index) => {
    const eventId = newId() as EventId
    return { seq: from + index, eventId, text: noteText(eventId), receivedAt: at, findings: [] }
  })

test('a page that begins further back than it was asked for is taken whole, however far it reaches', async () => {
  const journal = await openJournal()
  await journal.append([{ cursor: { epoch: 'first', seq: 10 } }])
  await applyReply(journal, replyWith(notes(1, 12)))
  expect(journal.index.events.size).toBe(12)
})

test('behind a reply that moved the cursor back, one that begins further on is left for the next round', async () => {
  const journal = await openJournal()
  await journal.append([{ cursor: { epoch: 'first', seq: 10 } }])
  const asked = { index: journal.index, cursor: journal.index.cursor }
  await applyReply(journal, { ...replyWith([]), more: true }, undefined, asked)
  await applyReply(journal, replyWith(notes(11, 12)), undefined, asked)
  expect(journal.index.cursor.seq).toBe(0)
  expect(journal.index.events.size).toBe(0)
})

test('a proof that comes after the places it is about is kept', async () => {
  const { journal, ids } = await deskWith(2)
  const asked = { index: journal.index, cursor: journal.index.cursor }
  const common = { ...replyWith([]), cursor: asked.cursor, ownHead: { n: 2, link: journal.index.chain.link } }
  const places = (ids as EventId[]).map((eventId, index) => ({ seq: index + 1, eventId, receivedAt: at, findings: [] }))
  const verdicts = places.map(({ seq, eventId }) => acceptedAt(seq, eventId))
  await applyReply(journal, { ...common, verdicts }, undefined, asked)
  const proof = { epoch: 'first', seq: 2, link: 'ab'.repeat(32), signature: 'c2ln' }
  await applyReply(journal, { ...common, events: places, cursor: { epoch: 'first', seq: 2 }, proof }, undefined, asked)
  expect(await lastBatch(journal)).toEqual({ cursor: { epoch: 'first', seq: 2 }, proof })
})

test('a reply that tells nothing new writes nothing, so that a parked event is not offered again at once', async () => {
  const { journal, ids } = await deskWith(1)
  const [eventId] = ids as [EventId]
  const position = journal.index.position
  const proof = { epoch: 'first', seq: 7, link: 'ab'.repeat(32), signature: 'c2ln' }
  const ownHead = { n: 1, link: journal.index.chain.link }
  const parked = { eventId, verdict: 'parked' as const, waitsFor: 1 }
  await applyReply(journal, { ...replyWith([]), verdicts: [parked], ownHead, proof })
  expect(journal.index.position).toBe(position)
})
