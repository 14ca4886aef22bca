import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { applyReply } from '../../../../electron/exchange/apply-reply.ts'
import type { Journal } from '../../../../electron/journal/journal.ts'
import type { ExchangeReply, StreamEvent } from '../../../../shared/wire/exchange.ts'
import { chainStart } from '../../../../shared/wire/own-event.ts'
import { sampleDeskId, sampleEvent, sampleUnitId } from '../../../harness/sample-events.ts'
import { openSampleJournal } from '../../../harness/sample-journal.ts'
import { exchangeWithStub } from '../../../harness/stub-exchange.ts'
import { tempFolder } from '../../../harness/temp-folder.ts'

const at = '2022-08-17T02:00:00.000Z'
const elsewhere = '018f0000-0000-7000-8000-0000000000bb'
/** Of what the district has, this many are here already, each in a frame of its own. */
const known = 5

/** The unit's stream: another desk's notes, long enough that a few fill a frame. */
const stream: readonly StreamEvent[] = Array.from({ length: 40 }, (_, index) => {
  const event = { ...sampleEvent(index + 1, 1, index + 1), deskId: elsewhere, body: { text: 'Gọi '.repeat(9_000) } }
  return { seq: index + 1, eventId: event.id, text: JSON.stringify(event), receivedAt: at, findings: [] }
})

function replyFrom(after: number): Omit<ExchangeReply, 'signature'> {
  const events = stream.filter(({ seq }) => seq > after)
  const cursor = { epoch: 'first', seq: stream.length }
  const ownHead = { n: 0, link: chainStart }
  return {
    ...{ protocol: 1, unitId: sampleUnitId, deskId: sampleDeskId, time: at, verdicts: [], events, cursor },
    ...{ more: false, ownHead, publications: {} },
  }
}

/** A desk that began with its snapshot and does not know yet that the second of its frames is damaged. */
async function damagedDesk(): Promise<{ journal: Journal; folder: string }> {
  const folder = tempFolder()
  const open = () => openSampleJournal(folder)
  const before = await open()
  for (const item of stream.slice(0, known)) {
    await before.journal.append([{ stream: [item], cursor: { epoch: 'first', seq: item.seq } }])
  }
  const second = before.journal.index.events.get(stream[1]?.eventId ?? '')?.place.offset ?? 0
  await before.journal.saveIndex()
  await before.journal.close()
  const segment = path.join(folder, 'journal', '000001.log')
  const bytes = readFileSync(segment)
  bytes.writeUInt8(bytes.readUInt8(second + 100) ^ 1, second + 100)
  writeFileSync(segment, bytes)
  const { journal } = await open()
  onTestFinished(() => journal.close())
  expect(journal.index.cursor.seq).toBe(known)
  return { journal, folder }
}

/** Places the cursor covers, but whose events are not here: nobody would ask for them again. */
function skipped({ index }: Journal): readonly number[] {
  const covered = stream.slice(0, index.cursor.seq)
  return covered.filter(({ eventId }) => !index.events.has(eventId)).map(({ seq }) => seq)
}

test('a reply asked for before the journal was mended does not move the cursor over what was taken out', async () => {
  const { journal, folder } = await damagedDesk()
  const asked: number[] = []
  const failure = await exchangeWithStub({ journal, folder }, async ({ cursor }) => {
    asked.push(cursor.seq)
    if (asked.length === 1) await journal.heal()
    return { reply: replyFrom(cursor.seq) }
  })
  expect(failure).toBeUndefined()
  expect(asked).toEqual([known, 1])
  expect(skipped(journal)).toEqual([])
  expect(journal.index.cursor.seq).toBe(stream.length)
})

test('mended between the slices of a reply, the journal does not take the rest of it', async () => {
  const { journal } = await damagedDesk()
  let turns = 0
  const turn = async <T>(task: () => Promise<T>): Promise<T> => {
    turns += 1
    if (turns === 2) await journal.heal()
    return task()
  }
  await applyReply(journal, { ...replyFrom(known), signature: '' }, turn)
  expect(turns).toBeGreaterThan(1)
  expect(skipped(journal)).toEqual([])
})
