import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { createQueue } from '../../../electron/disk/queue.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { keepWhole } from '../../../electron/journal/keep-whole.ts'
import { sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

afterEach(() => {
  vi.useRealTimers()
})

function open(folder: string) {
  return openSampleJournal(folder)
}

test('a journal that could not be mended is tried again, and takes entries once the disk lets it', async () => {
  const folder = tempFolder()
  const before = await open(folder)
  for (const number of [1, 2, 3]) {
    const event = sampleReception(number, number, number)
    await before.journal.append([{ own: [chainEvent(before.journal.index.chain, event)] }])
  }
  await before.journal.saveIndex()
  await before.journal.close()
  const { journal } = await open(folder)
  onTestFinished(() => journal.close().catch(() => undefined))
  const second = journal.index.events.get(sampleReception(2, 2, 2).id)
  if (!second) throw new Error('nothing was written')
  const segment = path.join(folder, 'journal', '000001.log')
  const bytes = readFileSync(segment)
  bytes.writeUInt8(bytes.readUInt8(second.place.offset + 60) ^ 1, second.place.offset + 60)
  writeFileSync(segment, bytes)

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const errors: string[] = []
  let healed = false
  keepWhole(journal, {
    turn: createQueue(),
    log: { info: () => undefined, error: (name) => void errors.push(name) },
    onHealed: () => {
      healed = true
    },
  })
  // The snapshot has to go first: where it stands is something that cannot be removed as a file.
  const snapshot = path.join(folder, 'mirror', 'index.snapshot')
  rmSync(snapshot)
  mkdirSync(snapshot)
  await expect(journal.eventOf(second)).rejects.toThrow()
  await vi.waitUntil(() => errors.includes('journal-heal'))
  rmSync(snapshot, { recursive: true })
  await vi.advanceTimersByTimeAsync(60_000)
  await vi.waitUntil(() => healed, 5_000)
  expect(await journal.eventOf(journal.index.events.get(second.eventId) ?? second)).toMatchObject({
    id: second.eventId,
  })
  await journal.append([{ own: [chainEvent(journal.index.chain, sampleReception(4, 4, 4))] }])
})
