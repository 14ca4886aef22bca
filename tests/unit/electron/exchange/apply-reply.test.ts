import { expect, onTestFinished, test } from 'vitest'
import { applyReply } from '../../../../electron/exchange/apply-reply.ts'
import type { DeskId, EventId, UnitId } from '../../../../shared/core/ids.ts'
import type { ExchangeReply } from '../../../../shared/wire/exchange.ts'
import { chainStart } from '../../../../shared/wire/own-event.ts'
import { newId, openNodeDesk } from '../../../harness/node-desk.ts'
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
