import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

/** The disk: one of its sectors answers EIO to whoever reads over it. */
const disk = vi.hoisted(() => ({ file: '', badAt: -1 }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  const fail = () => Promise.reject(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }))
  const isBad = (file: unknown, from: number, bytes: number) =>
    file === disk.file && from <= disk.badAt && disk.badAt < from + bytes
  return {
    ...real,
    readFile: (file: string) => (isBad(file, 0, Number.MAX_SAFE_INTEGER) ? fail() : real.readFile(file)),
    copyFile: (from: string, to: string) =>
      isBad(from, 0, Number.MAX_SAFE_INTEGER) ? fail() : real.copyFile(from, to),
    rename: async (from: string, to: string) => {
      await real.rename(from, to)
      // Another file lies there now, on other sectors.
      if (to === disk.file) disk.badAt = -1
    },
    open: async (file: string, flags: string, mode?: number): Promise<FileHandle> => {
      const handle = await real.open(file, flags, mode)
      const read = handle.read.bind(handle) as (...args: unknown[]) => Promise<unknown>
      const guarded = (buffer: Buffer, offset: number, length: number, position: number) =>
        isBad(file, position, length) ? fail() : read(buffer, offset, length, position)
      return Object.assign(handle, { read: guarded })
    },
  }
})

function open(folder: string) {
  return openSampleJournal(folder, true)
}

async function deskWithBadSector(): Promise<string> {
  const folder = tempFolder()
  const { journal } = await open(folder)
  // Long enough that the sector lies in one entry alone.
  for (const number of [1, 2, 3]) {
    const event = sampleReception(number, number, number, 'Nguyễn Văn Thử '.repeat(800))
    await journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
  }
  const second = journal.index.events.get(sampleReception(2, 2, 2).id)?.place
  await journal.saveIndex()
  await journal.close()
  disk.file = path.join(folder, 'journal', '000001.log')
  disk.badAt = (second?.offset ?? 0) + 8_000
  return folder
}

test('a sector that cannot be read costs the journal one entry, which comes back from the mirror', async () => {
  const folder = await deskWithBadSector()
  const { journal } = await open(folder)
  onTestFinished(() => journal.close())
  let met = 0
  journal.onDamage(() => {
    met += 1
  })
  await journal.scrub()
  expect(met).toBe(1)
  await journal.heal()
  expect([...journal.index.unsent.keys()]).toHaveLength(3)
  for (const entry of journal.index.events.values()) expect(await journal.eventOf(entry)).toMatchObject({ seq: 1 })
})

test('reading an entry in a bad sector has the journal mended, like any other damage', async () => {
  const folder = await deskWithBadSector()
  const { journal } = await open(folder)
  onTestFinished(() => journal.close())
  let met = 0
  journal.onDamage(() => {
    met += 1
  })
  const entry = journal.index.events.get(sampleReception(2, 2, 2).id)
  if (entry) await expect(journal.eventOf(entry)).rejects.toThrow()
  expect(met).toBe(1)
})
