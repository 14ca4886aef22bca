import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { linePace } from '../../../../electron/exchange/line-pace.ts'
import { chainEvent } from '../../../../electron/journal/chain.ts'
import {
  type ExchangeReply,
  findOnward,
  onwardHeader,
  onwardText,
  type StreamEvent,
} from '../../../../shared/wire/exchange.ts'
import { chainStart } from '../../../../shared/wire/own-event.ts'
import { sampleDeskId, sampleEvent, sampleReception, sampleUnitId } from '../../../harness/sample-events.ts'
import { openSampleJournal } from '../../../harness/sample-journal.ts'
import { exchangeWithStub, type StubAnswer } from '../../../harness/stub-exchange.ts'
import { tempFolder } from '../../../harness/temp-folder.ts'

const at = '2022-08-17T02:00:00.000Z'
const epoch = 'first'
const perPage = 10

/** Another desk's notes. */
const stream: readonly StreamEvent[] = Array.from({ length: 40 }, (_, index) => {
  const event = { ...sampleEvent(index + 1, 1, index + 1), deskId: '018f0000-0000-7000-8000-0000000000bb' }
  return { seq: index + 1, eventId: event.id, text: JSON.stringify(event), receivedAt: at, findings: [] }
})

function replyFrom(after: number): Omit<ExchangeReply, 'signature'> {
  const events = stream.slice(after, after + perPage)
  const cursor = { epoch, seq: after + events.length }
  const ownHead = { n: 0, link: chainStart }
  return {
    ...{ protocol: 1, unitId: sampleUnitId, deskId: sampleDeskId, time: at, verdicts: [], events, cursor },
    ...{ more: cursor.seq < stream.length, ownHead, publications: {} },
  }
}

/** On a quick line. */
async function pullingDesk() {
  const folder = tempFolder()
  const { journal } = await openSampleJournal(folder)
  onTestFinished(() => journal.close())
  const pace = linePace()
  pace.noteRound(1_000_000, 10)
  return { journal, folder, pace }
}

test('while it pulls, a desk on a quick line asks on before the reply is here, and once for each page', async () => {
  const { journal, folder, pace } = await pullingDesk()
  const asked: number[] = []
  const failure = await exchangeWithStub(
    { journal, folder },
    async ({ cursor }): Promise<StubAnswer> => {
      asked.push(cursor.seq)
      const reply = replyFrom(cursor.seq)
      if (!reply.more) return { reply }
      // Whoever waited for this body before asking on would wait for ever.
      const isAskedOn = async () => {
        while (!asked.includes(reply.cursor.seq)) await sleep(5)
      }
      return { reply, headers: { [onwardHeader]: onwardText(reply.cursor) }, late: isAskedOn() }
    },
    pace,
  )
  expect(failure).toBe(undefined)
  expect(asked).toEqual([0, 10, 20, 30])
  expect(journal.index.cursor).toEqual({ epoch, seq: 40 })
  expect(journal.index.events.size).toBe(40)
})

test('it asks on also while it takes in the page before', async () => {
  const { journal, folder, pace } = await pullingDesk()
  const asked: number[] = []
  const failure = await exchangeWithStub(
    { journal, folder },
    async ({ cursor }) => {
      asked.push(cursor.seq)
      const reply = replyFrom(cursor.seq)
      return { reply, ...(reply.more ? { headers: { [onwardHeader]: onwardText(reply.cursor) } } : {}) }
    },
    pace,
    async (task) => {
      // Whoever took in the first page before asking for the third would wait for ever.
      while (journal.index.cursor.seq === 0 && !asked.includes(20)) await sleep(5)
      return task()
    },
  )
  expect(failure).toBe(undefined)
  expect(asked).toEqual([0, 10, 20, 30])
  expect(journal.index.cursor).toEqual({ epoch, seq: 40 })
})

test.each([
  ['too far', { epoch, seq: 25 }],
  ['not far enough', { epoch, seq: 3 }],
  ['in another life of the district', { epoch: 'second', seq: 10 }],
])('a head that tells the end wrong costs a request and no event: %s', async (_, lie) => {
  const { journal, folder, pace } = await pullingDesk()
  const failure = await exchangeWithStub(
    { journal, folder },
    async ({ cursor }) => ({ reply: replyFrom(cursor.seq), headers: { [onwardHeader]: onwardText(lie) } }),
    pace,
  )
  expect(failure).toBe(undefined)
  expect(journal.index.cursor).toEqual({ epoch, seq: 40 })
  expect([...journal.index.events.values()].map(({ streamSeq }) => streamSeq)).toEqual(stream.map(({ seq }) => seq))
})

test('a desk that is not whole and hears that it lost its tail leaves nothing out behind the request on its way', async () => {
  const { journal, folder, pace } = await pullingDesk()
  await journal.append([{ healed: true, whole: false }])
  const ownHead = { n: 3, link: 'ab'.repeat(32) }
  const failure = await exchangeWithStub(
    { journal, folder },
    async ({ cursor }) => {
      const reply = { ...replyFrom(cursor.seq), ownHead }
      return { reply, ...(reply.more ? { headers: { [onwardHeader]: onwardText(reply.cursor) } } : {}) }
    },
    pace,
  )
  expect(failure).toBe(undefined)
  expect(journal.index.events.size).toBe(40)
  expect(journal.isWhole()).toBe(true)
})

test('a head that tells of more than there is does not end the exchange before its time', async () => {
  const { journal, folder, pace } = await pullingDesk()
  const receive = async (number: number) =>
    journal.append([{ own: [chainEvent(journal.index.chain, sampleReception(number, number, number))] }])
  await journal.append([{ cursor: { epoch, seq: 0 } }])
  await receive(1)
  await receive(2)
  let seq = 0
  let requests = 0
  await exchangeWithStub(
    { journal, folder },
    async ({ cursor, events }) => {
      requests += 1
      if (requests === 1) await receive(3)
      const verdicts = events.map(({ text }) => {
        seq += 1
        return { eventId: JSON.parse(String(text)).id, verdict: 'accepted' as const, seq, receivedAt: at, findings: [] }
      })
      const { n, link } = journal.index.chain
      const reply = { ...replyFrom(0), verdicts, events: [], cursor, more: false, ownHead: { n, link } }
      return { reply, ...(requests === 1 ? { headers: { [onwardHeader]: onwardText(cursor) } } : {}) }
    },
    pace,
  )
  expect(journal.index.unsent.size).toBe(0)
})

test('what is no such head is none', () => {
  expect(findOnward(onwardText({ epoch, seq: 7 }))).toEqual({ epoch, seq: 7 })
  for (const text of [null, '', '7', 'first 7', '-1 first', `1 ${'x'.repeat(65)}`])
    expect(findOnward(text)).toBe(undefined)
})
