import { expect, onTestFinished, test } from 'vitest'
import { applyReply } from '../../../electron/exchange/apply-reply.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { EventId } from '../../../shared/core/ids.ts'
import type { ExchangeReply, Verdict } from '../../../shared/wire/exchange.ts'
import { chainStart } from '../../../shared/wire/own-event.ts'
import { sampleDeskId, sampleEvent, sampleId, sampleReception, sampleUnitId } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

async function journalOf(...numbers: readonly number[]) {
  const folder = tempFolder()
  const { journal } = await openSampleJournal(folder)
  onTestFinished(() => journal.close())
  for (const number of numbers) {
    const event = number === 1 ? sampleReception(1, 1, 1) : sampleEvent(number, 1, number)
    await journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
  }
  return journal
}

function replyWith(verdicts: readonly Verdict[], ownHead = { n: 0, link: chainStart }): ExchangeReply {
  return {
    protocol: 1,
    unitId: sampleUnitId,
    deskId: sampleDeskId,
    time: '2022-08-17T02:00:00.000Z',
    verdicts: [...verdicts],
    events: [],
    cursor: { epoch: 'e', seq: 0 },
    more: false,
    ownHead,
    publications: {},
    signature: '',
  }
}

const id = (number: number) => sampleId(number) as EventId

test('a parked event stays unsent, to be offered again', async () => {
  const journal = await journalOf(1, 2)
  await applyReply(journal, replyWith([{ eventId: id(2), verdict: 'parked', waitsFor: 1 }]))
  expect([...journal.index.unsent.keys()]).toEqual([id(1), id(2)])
})

test('a desk whose chain the district knows further goes on behind it and is not whole until it has pulled everything', async () => {
  const journal = await journalOf(1)
  const ownHead = { n: 7, link: 'a'.repeat(64) }
  await applyReply(journal, replyWith([], ownHead))
  expect(journal.index.chain).toEqual(ownHead)
  expect(journal.index.cursor).toEqual({ epoch: 'e', seq: 0 })
  await applyReply(journal, replyWith([], ownHead))
  expect(journal.isWhole()).toBe(true)
})

test('an event put back from the mirror still settles the one it replaces: it is not decided a third time', async () => {
  const journal = await journalOf(1, 2)
  await applyReply(journal, replyWith([{ eventId: id(2), verdict: 'refused', code: 'dossier/changed-meanwhile' }]))
  expect(journal.index.refused.get(id(2))).toBeDefined()
  const again = { ...sampleEvent(3, 1, 3), rebasedFrom: id(2) }
  await journal.append([{ own: [chainEvent(journal.index.chain, again)] }])
  expect(journal.index.refused.get(id(2))).toBeUndefined()
  expect(journal.index.events.get(id(2))?.rebasedTo).toBe(id(3))
})

test('an event that comes back from the district settles all it had been, also where the one between is lost here', async () => {
  const journal = await journalOf(1, 2)
  await applyReply(journal, replyWith([{ eventId: id(2), verdict: 'refused', code: 'dossier/changed-meanwhile' }]))
  const again = { ...sampleEvent(4, 1, 4), rebasedFrom: id(3), rebasedBefore: [id(2)] }
  const stream = [{ seq: 1, eventId: again.id, text: JSON.stringify(again), receivedAt: again.at, findings: [] }]
  await journal.append([{ stream, cursor: { epoch: 'e', seq: 1 } }])
  expect(journal.index.refused.size).toBe(0)
})

test('an event put back from the mirror behind what it became is not decided again, also after a start from the snapshot', async () => {
  const folder = tempFolder()
  const { journal } = await openSampleJournal(folder)
  const again = { ...sampleEvent(3, 1, 3), rebasedFrom: id(2) }
  await journal.append([{ own: [chainEvent(journal.index.chain, sampleReception(1, 1, 1))] }])
  await journal.append([{ own: [chainEvent(journal.index.chain, again)], rebased: [{ from: id(2), to: id(3) }] }])
  await journal.close()
  const { journal: reopened } = await openSampleJournal(folder)
  onTestFinished(() => reopened.close())
  await reopened.append([{ own: [chainEvent(reopened.index.chain, sampleEvent(2, 1, 2))] }])
  expect(reopened.index.events.get(id(2))?.rebasedTo).toBe(id(3))
  await applyReply(reopened, replyWith([{ eventId: id(2), verdict: 'refused', code: 'dossier/changed-meanwhile' }]))
  expect(reopened.index.refused.size).toBe(0)
})

test('what a bare text names as its formers is taken for none where it is no list of ids', async () => {
  const journal = await journalOf(1, 2)
  const forged = { ...sampleEvent(4, 1, 4), rebasedFrom: id(3), rebasedBefore: 5 }
  const stream = [{ seq: 1, eventId: forged.id, text: JSON.stringify(forged), receivedAt: forged.at, findings: [] }]
  await journal.append([{ stream, cursor: { epoch: 'e', seq: 1 } }])
  expect(journal.index.events.has(forged.id)).toBe(true)
})

test('the last entry is the newest one, not the one that bears the furthest moment', async () => {
  const journal = await journalOf(1)
  const ahead = { ...sampleEvent(2, 1, 2), at: '2032-08-17T01:00:00.000Z' }
  await journal.append([{ own: [chainEvent(journal.index.chain, ahead)] }])
  expect(journal.index.lastOwnAt).toBe(ahead.at)
  const after = { ...sampleEvent(3, 1, 3), at: '2022-08-17T05:00:00.000Z' }
  await journal.append([{ own: [chainEvent(journal.index.chain, after)] }])
  expect(journal.index.lastOwnAt).toBe(after.at)
  const rebased = { ...sampleEvent(4, 1, 4), at: '2022-08-17T02:00:00.000Z', rebasedFrom: id(2) }
  await journal.append([{ own: [chainEvent(journal.index.chain, rebased)] }])
  expect(journal.index.lastOwnAt).toBe(after.at)
})

test('a cursor behind places that verdicts tell is taken over with those places, and by a desk that is not whole not at all', async () => {
  const verdicts = [1, 2].map((n): Verdict => {
    return { eventId: id(n), verdict: 'accepted', seq: n, receivedAt: '2022-08-17T02:00:00.000Z', findings: [] }
  })
  const reply = { ...replyWith(verdicts), cursor: { epoch: 'e', seq: 2 } }
  for (const isWhole of [true, false]) {
    const journal = await journalOf(1, 2)
    await applyReply(journal, replyWith([]))
    if (!isWhole) await journal.append([{ whole: false }])
    await applyReply(journal, { ...reply, ownHead: journal.index.chain })
    expect(journal.index.cursor.seq).toBe(isWhole ? 2 : 0)
    expect(journal.index.unsent.size).toBe(0)
  }
})
