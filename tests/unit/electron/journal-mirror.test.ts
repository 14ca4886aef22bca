import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readFrameFile } from '../../../electron/journal/frame-file.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { mirrorOf, openClosedAfter as open, segmentOf, writeOwn as write } from '../../harness/closed-journal.ts'
import { sampleId, sampleReception } from '../../harness/sample-events.ts'
import { sampleKeys } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

/** Opens and closes it: what a start mends is mended then. */
async function reopen(folder: string) {
  const opened = await open(folder, true)
  await opened.journal.close()
  return opened
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 4
  writeFileSync(file, bytes)
}

function accepted(eventId: string, seq: number) {
  const receivedAt = '2022-08-17T02:00:00.000Z'
  return { eventId: eventId as StoredEvent['id'], verdict: 'accepted' as const, seq, receivedAt, findings: [] }
}

test('a mirror that was lost is a second copy again after the next start', async () => {
  const folder = tempFolder()
  const { journal } = await open(folder)
  await write(journal, sampleReception(1, 1, 1), sampleReception(2, 2, 2))
  await journal.close()
  rmSync(path.join(folder, 'mirror'), { recursive: true })
  await (await open(folder, true)).journal.close()
  rmSync(path.join(folder, 'journal'), { recursive: true })
  const { journal: healed, health } = await open(folder, true)
  expect(health.healedEntries).toBe(2)
  expect([...healed.index.events.keys()]).toEqual([sampleId(1), sampleId(2)])
})

test('a mirror that lost one unsent event among many sent ones is made whole again, before the journal loses it too', async () => {
  const folder = tempFolder()
  const { journal } = await open(folder)
  for (let number = 1; number <= 20; number += 1) await write(journal, sampleReception(number, number, number))
  await journal.append([{ verdicts: [...journal.index.unsent.keys()].map((id, at) => accepted(id, at + 1)) }])
  await write(journal, sampleReception(21, 21, 21), sampleReception(22, 22, 22))
  const { place } = journal.index.events.get(sampleId(21)) ?? {}
  await journal.close()
  const { frames } = await readFrameFile(mirrorOf(folder), { key: sampleKeys.mirrorKey, label: 'mirror' })
  flip(mirrorOf(folder), (frames.at(-2)?.offset ?? 0) + 60)
  const { health } = await reopen(folder)
  expect(health.state).toBe('whole')
  flip(segmentOf(folder), (place?.offset ?? 0) + 60)
  const again = await open(folder, true)
  expect(again.health).toMatchObject({ state: 'damaged', healedEntries: 1, whole: true })
  expect(await again.journal.history(sampleId(1_000_021))).toEqual([sampleReception(21, 21, 21)])
})
