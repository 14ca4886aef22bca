import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { applyReply } from '../../../electron/exchange/apply-reply.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { openJournal } from '../../../electron/journal/journal.ts'
import type { EventId } from '../../../shared/core/ids.ts'
import type { ExchangeReply, Verdict } from '../../../shared/wire/exchange.ts'
import { chainStart } from '../../../shared/wire/own-event.ts'
import { sampleDeskId, sampleEvent, sampleId, sampleReception, sampleUnitId } from '../../harness/sample-events.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

async function journalOf(...numbers: readonly number[]) {
  const folder = tempFolder()
  const { journal } = await openJournal({
    folder: path.join(folder, 'journal'),
    mirrorFolder: path.join(folder, 'mirror'),
    key: Buffer.alloc(32, 1),
    mirrorKey: Buffer.alloc(32, 2),
    deskId: () => sampleDeskId,
    expected: false,
  })
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
