import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ensureFolder, ownFolder, writeDurably } from '../../../electron/disk/durable-file.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())

test('what a kill left half-written goes at the next start, in every folder of the desk', async () => {
  const folder = tempFolder()
  const scan = Buffer.from('%PDF-1.7 bản quét')
  const first = await openNodeDesk({ folder })
  await first.attachments.put(scan)
  await first.close()
  const folders = filesIn(folder).flatMap(({ parentPath }) => (parentPath === folder ? [] : parentPath))
  expect(new Set(folders).size).toBeGreaterThan(3)
  for (const name of ['settings', 'reference', 'drafts', 'couriers']) folders.push(path.join(folder, name))
  const scans = folders.filter((name) => path.dirname(name) === path.join(folder, 'scans'))
  for (const place of new Set(folders)) writeFileSync(path.join(place, 'x.sealed.0123abcd.new'), 'half')
  // The scan is not there yet: it is put once more.
  for (const { parentPath, name } of filesIn(scans[0] ?? '').filter((file) => !file.name.endsWith('.new'))) {
    writeFileSync(path.join(parentPath, name), 'damaged')
  }
  const desk = await openNodeDesk({ folder })
  onTestFinished(() => desk.close())
  await desk.attachments.put(scan)
  expect(filesIn(folder).filter(({ name }) => name.endsWith('.new'))).toEqual([])
})

test('what is being written now is left alone', async () => {
  const folder = tempFolder()
  await ensureFolder(folder)
  async function* slowly() {
    yield Buffer.from('a')
    await ownFolder(folder)
    yield Buffer.from('b')
  }
  await writeDurably(path.join(folder, 'file'), slowly())
  expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('ab')
})

test('of a torn write no more than the torn bytes is kept aside, and of all that is kept the newest few', async () => {
  const folder = tempFolder()
  const journalFolder = path.join(folder, 'journal')
  const asides = () => readdirSync(journalFolder).filter((name) => name.includes('.damaged-'))
  const { journal } = await openSampleJournal(folder)
  await journal.append([{ own: [chainEvent(journal.index.chain, sampleReception(1, 1, 1))] }])
  await journal.close()
  for (let start = 1; start <= 12; start += 1) {
    appendFileSync(path.join(journalFolder, '000001.log'), Buffer.alloc(start, 7))
    await (await openSampleJournal(folder, true)).journal.close()
  }
  const kept = asides().map((name) => readFileSync(path.join(journalFolder, name)).byteLength)
  expect(kept.sort((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10, 11, 12])
})
