import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { Journal } from '../../../electron/journal/journal.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { segmentOf } from '../../harness/closed-journal.ts'
import { sampleEvent, sampleId, sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const hash = 'ab'.repeat(32)

async function open(folder: string, expected = true) {
  const opened = await openSampleJournal(folder, expected)
  onTestFinished(() => opened.journal.close().catch(() => undefined))
  return opened
}

const snapshotOf = (folder: string) => path.join(folder, 'mirror', 'index.snapshot')
const own = (journal: Journal, event: StoredEvent) =>
  journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
const id = (number: number) => sampleId(number) as StoredEvent['id']

/** A desk's days: own and others' events, verdicts, a lost race, scans, a new epoch. */
async function workedDesk(folder: string): Promise<void> {
  const { journal } = await open(folder, false)
  const scans = [{ sha256: hash, bytes: 9, mediaType: 'image/jpeg' }]
  const receivedAt = '2022-08-17T02:00:00.000Z'
  const reception = sampleReception(1, 1, 4)
  await own(journal, { ...reception, body: { ...reception.body, documents: [{ scans }] } })
  for (let number = 2; number <= 30; number += 1) await own(journal, sampleReception(number, number, number))
  const other = { ...sampleEvent(500, 3, 2), deskId: sampleId(9) as StoredEvent['deskId'] }
  await journal.append([
    {
      verdicts: [
        { eventId: id(1), verdict: 'accepted', seq: 1, receivedAt, findings: [{ code: 'number/out-of-lane' }] },
        { eventId: id(2), verdict: 'refused', code: 'dossier/changed-meanwhile' },
        { eventId: id(3), verdict: 'refused', code: 'dossier/changed-meanwhile' },
      ],
      stream: [
        {
          seq: 2,
          eventId: other.id,
          text: JSON.stringify(other),
          receivedAt,
          findings: [],
        },
        { seq: 3, eventId: id(4), receivedAt: '2022-08-17T02:00:01.000Z', findings: [] },
      ],
      cursor: { epoch: 'e', seq: 3 },
      scansSent: [hash],
    },
  ])
  await journal.append([
    { own: [chainEvent(journal.index.chain, sampleEvent(40, 2, 2))], rebased: [{ from: id(2), to: id(40) }] },
  ])
  await journal.append([{ newEpoch: true, cursor: { epoch: 'f', seq: 0 } }])
  await journal.append([{ verdicts: [{ eventId: id(1), verdict: 'accepted', seq: 7, receivedAt, findings: [] }] }])
  await journal.saveIndex()
  await own(journal, sampleEvent(41, 4, 2))
  await journal.close()
}

/** All an index answers. */
function answersOf({ index }: Journal) {
  const { chain, cursor, position, healings, isWhole, chainKnownFrom, lastOwnAt, lastReceivedAt } = index
  return {
    ...{ chain, cursor, position, healings, isWhole, chainKnownFrom, lastOwnAt, lastReceivedAt },
    events: [...index.events.values()],
    unsent: [...index.unsent.keys()],
    refused: [...index.refused.keys()],
    dossiers: [...index.dossiers.keys()].map((dossierId) => index.dossiers.get(dossierId)),
    changes: index.changedAfter(0, 1000),
    accepted: index.lastAccepted(),
    commands: Array.from({ length: 50 }, (_, at) => index.commands.get(sampleId(2_000_000 + at))),
    scans: [index.scansSent.size, index.scansSent.has(hash), [...index.unsentScans.values()]],
    ordinals: [...index.ordinals],
  }
}

test('an index from a snapshot and the frames behind it answers as one built from every frame', async () => {
  const folder = tempFolder()
  await workedDesk(folder)
  const fast = await open(folder)
  const fromSnapshot = answersOf(fast.journal)
  await fast.journal.close()
  rmSync(snapshotOf(folder))
  const { journal, health } = await open(folder)
  expect(fromSnapshot).toEqual(answersOf(journal))
  expect(health.state).toBe('whole')
  expect(fromSnapshot.unsent.length).toBeGreaterThan(20)
  expect(fromSnapshot.refused).toEqual([id(3)])
})

test('a snapshot that is damaged, cut, missing or of another desk or journal is left aside; nothing changes', async () => {
  const folder = tempFolder()
  await workedDesk(folder)
  const before = await open(folder)
  const expected = answersOf(before.journal)
  await before.journal.close()
  const pristine = readFileSync(snapshotOf(folder))
  await fc.assert(
    fc.asyncProperty(fc.nat(pristine.byteLength - 1), fc.boolean(), async (at, isCut) => {
      const bytes = Buffer.from(pristine)
      bytes[at] = (bytes[at] ?? 0) ^ 16
      writeFileSync(snapshotOf(folder), isCut ? pristine.subarray(0, at) : bytes)
      const { journal, health } = await open(folder)
      expect([health.state, answersOf(journal)]).toEqual(['whole', expected])
      await journal.close()
    }),
    { numRuns: 25, seed: 20_220_817 },
  )
})

test('a journal cut at a frame behind what its snapshot covers is told, and gives no number that may be printed', async () => {
  const folder = tempFolder()
  await workedDesk(folder)
  const { journal: before } = await open(folder)
  const place = before.index.events.get(id(30))?.place
  await before.saveIndex()
  await before.close()
  rmSync(path.join(folder, 'mirror', 'mirror.log'))
  truncateSync(segmentOf(folder), place?.offset ?? 0)
  const { journal, health } = await open(folder)
  expect([health.state, journal.isWhole(), existsSync(snapshotOf(folder))]).toEqual(['damaged', false, false])
})

test('a damaged old entry is found by the scrub and mended while the desk is open', async () => {
  const folder = tempFolder()
  await workedDesk(folder)
  const { journal: before } = await open(folder)
  const place = before.index.events.get(id(10))?.place
  await before.close()
  const bytes = readFileSync(segmentOf(folder))
  const at = (place?.offset ?? 0) + 40
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(segmentOf(folder), bytes)
  const { journal, health } = await open(folder)
  expect(health.state).toBe('whole')
  const lifeBefore = journal.journalId()
  const damaged = new Promise<void>((resolve) => {
    journal.onDamage(resolve)
  })
  await journal.scrub()
  await damaged
  await journal.heal()
  expect(journal.health()).toMatchObject({ state: 'damaged', whole: true })
  expect(journal.journalId()).not.toBe(lifeBefore)
  expect(await journal.history(sampleId(1_000_010))).toEqual([sampleReception(10, 10, 10)])
  await own(journal, sampleEvent(42, 5, 2))
  await journal.close()
  const again = await open(folder)
  expect([again.health.state, again.journal.index.events.has(id(42))]).toEqual(['whole', true])
  expect([...again.journal.index.events.keys()]).toHaveLength(34)
})

test('a journal that was closed meanwhile is left alone by its keeper: nobody would close what it opened', async () => {
  const folder = tempFolder()
  await workedDesk(folder)
  const { journal } = await open(folder)
  await journal.close()
  rmSync(path.dirname(segmentOf(folder)), { recursive: true })
  await journal.scrub()
  await journal.heal()
  expect(existsSync(segmentOf(folder))).toBe(false)
})

test('reading a damaged entry tells whoever keeps the journal whole', async () => {
  const folder = tempFolder()
  await workedDesk(folder)
  const { journal: before } = await open(folder)
  const place = before.index.events.get(id(10))?.place
  await before.close()
  const bytes = readFileSync(segmentOf(folder))
  bytes.fill(0, place?.offset, (place?.offset ?? 0) + 64)
  writeFileSync(segmentOf(folder), bytes)
  const { journal } = await open(folder)
  let told = 0
  journal.onDamage(() => {
    told += 1
  })
  await expect(journal.history(sampleId(1_000_010))).rejects.toThrow()
  await expect(journal.history(sampleId(1_000_010))).rejects.toThrow()
  expect(told).toBe(1)
})

test('a file that lost its end is seen by the next one, its place kept, and the cursor goes back to before it', async () => {
  const folder = tempFolder()
  const { journal } = await open(folder, false)
  const large = 'x'.repeat(3 * 1024 * 1024)
  for (let number = 1; number <= 8; number += 1) {
    const event = sampleEvent(number, number, 1, 'note-added', { text: large })
    const receivedAt = '2022-08-17T02:00:00.000Z'
    const stream = [{ seq: number, eventId: event.id, text: JSON.stringify(event), receivedAt, findings: [] }]
    await journal.append([{ stream, cursor: { epoch: 'e', seq: number } }])
  }
  expect(existsSync(path.join(folder, 'journal', '000002.log'))).toBe(true)
  const last = journal.index.events.get(id(5))?.place
  await journal.close()
  rmSync(snapshotOf(folder), { force: true })
  truncateSync(segmentOf(folder), last?.offset ?? 0)
  const { journal: healed, health } = await open(folder)
  expect([health.state, healed.index.cursor]).toEqual(['damaged', { epoch: 'e', seq: 4 }])
  await healed.close()
  const again = await open(folder)
  expect([again.health.state, again.journal.index.cursor.seq]).toEqual(['whole', 4])
}, 60_000)

test('the journal folder alone copied back from yesterday is noticed at the start', async () => {
  const folder = tempFolder()
  await workedDesk(folder)
  copyFileSync(segmentOf(folder), path.join(folder, 'yesterday.log'))
  const { journal: today } = await open(folder)
  await own(today, sampleReception(60, 60, 60))
  await today.saveIndex()
  await today.close()
  renameSync(path.join(folder, 'yesterday.log'), segmentOf(folder))
  const { journal, health } = await open(folder)
  expect(health).toMatchObject({ state: 'damaged', healedEntries: 1, whole: true })
  expect(journal.index.ordinals.get('2022-08-17')).toBe(60)
})
