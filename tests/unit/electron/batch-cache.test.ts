import { expect, test } from 'vitest'
import { type Batch, decodeBatch, encodeBatch } from '../../../electron/journal/batch.ts'
import { createBatchReader, DamagedEntry } from '../../../electron/journal/batch-cache.ts'

const place = { segment: 1, offset: 0, bytes: 100 }
const batch = { scansSent: ['a'.repeat(64)] }

test('a frame that several ask for at once is read from the disk once', async () => {
  let reads = 0
  const read = createBatchReader({
    read: async () => {
      reads += 1
      return encodeBatch(batch)
    },
  })
  expect(await Promise.all([read(place), read(place), read(place)])).toEqual([batch, batch, batch])
  expect(reads).toBe(1)
})

test('a frame that did not open is read again the next time', async () => {
  const answers = [undefined, encodeBatch(batch)]
  const read = createBatchReader({ read: async () => answers.shift() })
  await expect(read(place)).rejects.toThrow(DamagedEntry)
  expect(await read(place)).toEqual(batch)
})

test('of many frames the last read stay, the others are read again', async () => {
  const reads: number[] = []
  const read = createBatchReader({
    read: async ({ offset }) => {
      reads.push(offset)
      return encodeBatch(batch)
    },
  })
  for (let offset = 0; offset < 300; offset += 1) await read({ ...place, offset })
  reads.length = 0
  await read({ ...place, offset: 299 })
  await read({ ...place, offset: 0 })
  expect(reads).toEqual([0])
})

test('a batch comes back as it was written, whatever characters its texts are made of', () => {
  const chain = { n: 1, salt: 'a'.repeat(32), bodyHash: 'b'.repeat(64), link: 'c'.repeat(64) }
  const place = { seq: 1, eventId: 'e', receivedAt: 'r', findings: [{ code: 'f', text: 7 }] }
  const texts = ['{"tên":"Đỗ Thị Ánh"}', '', 'two\nlines', '😀 "quoted" \\']
  const batches: readonly Batch[] = [
    {},
    { scansSent: ['one\ntwo'] },
    { own: texts.map((text) => ({ text, chain })), cursor: { epoch: 'e', seq: 4 } },
    { stream: [place, ...texts.map((text) => ({ ...place, text })), place], own: [{ text: 'first', chain }] },
  ]
  for (const one of batches) expect(JSON.parse(JSON.stringify(decodeBatch(encodeBatch(one))))).toEqual(one)
})
