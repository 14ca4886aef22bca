import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const receivedAt = '2022-08-17T02:00:00.000Z'

function open(folder: string) {
  return openSampleJournal(folder, true)
}

/** The frame's middle is another byte now; whole frames stand before and behind it. */
function damage(folder: string, place: { readonly offset: number; readonly bytes: number }): void {
  const segment = path.join(folder, 'journal', '000001.log')
  const bytes = readFileSync(segment)
  const at = place.offset + Math.floor(place.bytes / 2)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(segment, bytes)
}

test('own events the district gave back, and damaged here later, are missing: no number is given before they are back', async () => {
  const folder = tempFolder()
  const { journal } = await open(folder)
  onTestFinished(() => journal.close().catch(() => undefined))
  const given = [1, 2, 3].map((number) => sampleReception(number, number, number))
  await journal.append([{ whole: false, chainHead: { n: 3, link: 'ab'.repeat(32) }, cursor: { epoch: 'e', seq: 0 } }])
  for (const [at, event] of given.entries()) {
    const item = { seq: at + 1, eventId: event.id, text: JSON.stringify(event), receivedAt, findings: [] }
    await journal.append([{ stream: [item], cursor: { epoch: 'e', seq: at + 1 } }])
  }
  await journal.append([{ whole: true }])
  expect(journal.index.ordinals.get('2022-08-17')).toBe(3)
  const last = journal.index.events.get(given[2]?.id ?? '')
  if (!last) throw new Error('the last one was not given back')
  await journal.close()
  damage(folder, last.place)
  const again = await open(folder)
  onTestFinished(() => again.journal.close())
  expect(again.journal.index.ordinals.get('2022-08-17')).toBe(2)
  expect(again.journal.isWhole()).toBe(false)
})
