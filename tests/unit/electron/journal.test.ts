import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, open as openFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Journal } from '../../../electron/journal/journal.ts'
import { openSegments } from '../../../electron/journal/segments.ts'
import type { DeskId, DossierId } from '../../../shared/core/ids.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { mirrorOf, openClosedAfter as open, segmentOf, writeOwn as write } from '../../harness/closed-journal.ts'
import { sampleEvent, sampleId, sampleReception } from '../../harness/sample-events.ts'
import { sampleKeys } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const { key } = sampleKeys

const idsOf = (journal: Journal) => [...journal.index.events.keys()]

test('what was appended is there after reopening, in order, with chain, numbers and last moment', async () => {
  const folder = tempFolder()
  const events = [sampleReception(1, 1, 4), sampleEvent(2, 1, 2), sampleReception(3, 2, 5)]
  const first = await open(folder)
  await write(first.journal, ...events)
  const { chain } = first.journal.index
  await first.journal.close()
  const { journal, health } = await open(folder, true)
  expect(health).toEqual({ state: 'whole', healedEntries: 0, cutBytes: 0, whole: true })
  expect(idsOf(journal)).toEqual(events.map(({ id }) => id))
  expect(await journal.history(sampleId(1_000_001))).toEqual(events.slice(0, 2))
  expect(journal.index.chain).toEqual(chain)
  expect(journal.index.ordinals.get('2022-08-17')).toBe(5)
  expect(journal.index.unsent.size).toBe(3)
  expect(journal.isWhole()).toBe(true)
})

test('a torn last write is cut off and kept aside; everything before it stands', async () => {
  const folder = tempFolder()
  const first = await open(folder)
  await write(first.journal, sampleReception(1, 1, 1))
  await first.journal.close()
  appendFileSync(segmentOf(folder), Buffer.from([40, 1, 0, 0, 2, 0, 0, 0, 9, 9, 9, 9, 1, 2, 3]))
  const { journal, health } = await open(folder, true)
  expect(health).toEqual({ state: 'whole', healedEntries: 0, cutBytes: 15, whole: true })
  await write(journal, sampleEvent(2, 1, 2))
  await journal.close()
  const again = await open(folder, true)
  expect(idsOf(again.journal)).toHaveLength(2)
  expect(again.health.cutBytes).toBe(0)
})

test('an own event whose journal frame is gone comes back from the mirror', async () => {
  const folder = tempFolder()
  const first = await open(folder)
  await write(first.journal, sampleReception(1, 1, 1))
  await first.journal.close()
  const size = statSync(segmentOf(folder)).size
  const second = await open(folder, true)
  await write(second.journal, sampleReception(2, 2, 2))
  await second.journal.close()
  truncateSync(segmentOf(folder), size)
  const { journal, health } = await open(folder, true)
  expect(health).toMatchObject({ state: 'healed', healedEntries: 1 })
  expect(idsOf(journal)).toEqual([sampleId(1), sampleId(2)])
  expect(journal.index.chain.n).toBe(2)
  expect(journal.isWhole()).toBe(true)
})

test('a journal that vanished from a working desk is a loss, not a new install: no numbers until the district was asked', async () => {
  const folder = tempFolder()
  const first = await open(folder)
  await write(first.journal, sampleReception(1, 1, 1))
  await first.journal.close()
  rmSync(path.join(folder, 'journal'), { recursive: true })
  rmSync(path.join(folder, 'mirror'), { recursive: true })
  const { journal, health } = await open(folder, true)
  expect(health.state).toBe('damaged')
  expect(journal.isWhole()).toBe(false)
  const fresh = await open(tempFolder(), false)
  expect(fresh.health.state).toBe('whole')
  expect(fresh.journal.isWhole()).toBe(true)
})

test('damage in the middle is taken out and said, later entries stand, and the cursor goes back before it', async () => {
  const folder = tempFolder()
  const first = await open(folder)
  const cursor = (seq: number) => ({ cursor: { epoch: 'e', seq } })
  await first.journal.append([{ ...cursor(10) }])
  await first.journal.close()
  const from = statSync(segmentOf(folder)).size
  const second = await open(folder, true)
  await second.journal.append([{ stream: [stream(7, 11)], ...cursor(11) }])
  await second.journal.append([{ stream: [stream(8, 12)], ...cursor(12) }])
  await second.journal.close()
  const bytes = readFileSync(segmentOf(folder))
  bytes[from + 30] = (bytes[from + 30] ?? 0) ^ 1
  writeFileSync(segmentOf(folder), bytes)
  const { journal, health } = await open(folder, true)
  expect(health.state).toBe('damaged')
  expect(idsOf(journal)).toEqual([sampleId(8)])
  expect(journal.index.cursor).toEqual({ epoch: 'e', seq: 10 })
  await journal.close()
  const again = await open(folder, true)
  expect(again.health.state).toBe('whole')
  expect(idsOf(again.journal)).toEqual([sampleId(8)])
})

test('no flipped bit in journal or mirror is ever taken for an entry, and no acknowledged entry is lost to one', async () => {
  const folder = tempFolder()
  const first = await open(folder)
  const events = [sampleReception(1, 1, 1), sampleEvent(2, 1, 2), sampleReception(3, 2, 2)]
  await write(first.journal, ...events)
  await first.journal.close()
  const pristine = [segmentOf(folder), mirrorOf(folder)].map((file) => ({ file, bytes: readFileSync(file) }))
  for (const { file } of pristine) copyFileSync(file, `${file}.pristine`)
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 7 }),
      async (which, at, bit) => {
        for (const { file } of pristine) copyFileSync(`${file}.pristine`, file)
        const target = pristine[which]
        if (!target) return
        const bytes = Buffer.from(target.bytes)
        const place = Math.min(bytes.byteLength - 1, Math.floor(at * bytes.byteLength))
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
        writeFileSync(target.file, bytes)
        const { journal } = await open(folder, true)
        expect(idsOf(journal).sort()).toEqual(events.map(({ id }) => String(id)).sort())
        expect(await journal.history(sampleId(1_000_001))).toEqual(events.slice(0, 2))
        await journal.close()
      },
    ),
    { numRuns: 60, seed: 20_220_817 },
  )
})

test('verdicts and the stream give events their place; refused ones leave the history but not the journal', async () => {
  const folder = tempFolder()
  const { journal } = await open(folder)
  await write(journal, sampleReception(1, 1, 1), sampleEvent(2, 1, 2))
  await journal.append([
    {
      verdicts: [
        { eventId: sampleId(1) as StoredEvent['id'], verdict: 'accepted', seq: 5, receivedAt, findings: [] },
        { eventId: sampleId(2) as StoredEvent['id'], verdict: 'refused', code: 'dossier/changed-meanwhile' },
      ],
      stream: [stream(3, 6, 1)],
      cursor: { epoch: 'e', seq: 6 },
    },
  ])
  expect((await journal.history(sampleId(1_000_001))).map(({ id }) => id)).toEqual([sampleId(1), sampleId(3)])
  expect(journal.index.unsent.size).toBe(0)
  expect(journal.index.events.get(sampleId(2))?.refusedCode).toBe('dossier/changed-meanwhile')
})

const receivedAt = '2022-08-17T02:00:00.000Z'

function stream(number: number, seq: number, dossier = number) {
  const event = sampleEvent(number, dossier, 2)
  return { seq, eventId: event.id, text: JSON.stringify(event), receivedAt, findings: [] }
}

function acceptedBatch(count: number) {
  return {
    verdicts: Array.from({ length: count }, (_, at) => ({
      eventId: sampleId(at + 1) as StoredEvent['id'],
      verdict: 'accepted' as const,
      seq: at + 1,
      receivedAt,
      findings: [],
    })),
    cursor: { epoch: 'e', seq: count },
  }
}

/** A desk whose 250 receptions the district has taken: the mirror holds next to nothing any more. */
async function settledDesk() {
  const folder = tempFolder()
  const { journal } = await open(folder)
  for (let number = 1; number <= 250; number += 1) await write(journal, sampleReception(number, number, number))
  await journal.append([acceptedBatch(250)])
  await write(journal, sampleEvent(900, 1, 2))
  await journal.close()
  return folder
}

test('a lost journal stays "not whole" over restarts until the district has given everything back', async () => {
  const folder = await settledDesk()
  rmSync(path.join(folder, 'journal'), { recursive: true })
  for (let start = 0; start < 2; start += 1) {
    const { journal, health } = await open(folder, true)
    expect([journal.isWhole(), start === 0 ? health.state : 'later']).toEqual([
      false,
      start === 0 ? 'damaged' : 'later',
    ])
    await journal.close()
  }
  const { journal } = await open(folder, true)
  await journal.markWhole()
  await journal.close()
  expect((await open(folder, true)).journal.isWhole()).toBe(true)
})

test('a journal that ends before the mirror says it should is not whole: its numbers could be given twice', async () => {
  const folder = await settledDesk()
  const { journal } = await open(folder, true)
  const tenth = journal.index.events.get(sampleId(10))?.place
  await journal.close()
  truncateSync(segmentOf(folder), (tenth?.offset ?? 0) + (tenth?.bytes ?? 0))
  const again = await open(folder, true)
  expect(again.health.state).toBe('damaged')
  expect(again.journal.isWhole()).toBe(false)
})

test('when one of the two files cannot be written the entry stands in neither, and its number is free again', async () => {
  const folder = tempFolder()
  const { journal } = await open(folder)
  await write(journal, sampleReception(1, 1, 1))
  const handle = await openFile(path.join(folder, 'probe'), 'w')
  const prototype = Object.getPrototypeOf(handle) as FileHandle
  const { write: writeBytes } = prototype
  await handle.close()
  for (const full of ['000001.log', 'mirror.log']) {
    const spy = vi.spyOn(prototype, 'write').mockImplementation(async function (this: FileHandle, ...given) {
      const written = await writeBytes.apply(this, given)
      // All of it is in the file, and yet not on the disk.
      if (readlinkSync(`/proc/self/fd/${this.fd}`).endsWith(full))
        throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      return written
    })
    await expect(write(journal, sampleReception(2, 2, 2))).rejects.toMatchObject({ code: 'ENOSPC' })
    spy.mockRestore()
  }
  expect(journal.index.ordinals.get('2022-08-17')).toBe(1)
  await write(journal, sampleReception(3, 3, 2))
  await journal.close()
  const again = await open(folder, true)
  expect(again.health).toEqual({ state: 'whole', healedEntries: 0, cutBytes: 0, whole: true })
  expect(idsOf(again.journal)).toEqual([sampleId(1), sampleId(3)])
})

test('a power cut between telling the cure and healing loses nothing: the next start heals again', async () => {
  const folder = tempFolder()
  const { journal } = await open(folder)
  for (let number = 1; number <= 6; number += 1) {
    await journal.append([{ stream: [stream(number, number)], cursor: { epoch: 'e', seq: number } }])
  }
  const third = journal.index.events.get(sampleId(3))?.place
  await journal.close()
  const bytes = readFileSync(segmentOf(folder))
  bytes[(third?.offset ?? 0) + 40] = (bytes[(third?.offset ?? 0) + 40] ?? 0) ^ 4
  writeFileSync(segmentOf(folder), bytes)
  const cut = await openSegments(path.join(folder, 'journal'), key, [], () => undefined)
  await cut.segments.close()
  const { journal: healed, health } = await open(folder, true)
  expect(health.state).toBe('damaged')
  expect(healed.index.cursor).toEqual({ epoch: 'e', seq: 2 })
  await healed.close()
  const again = await open(folder, true)
  expect(again.journal.index.cursor).toEqual({ epoch: 'e', seq: 2 })
  expect(idsOf(again.journal)).not.toContain(sampleId(3))
})

test('another desk’s event is placed by what the district says of it; an own one is read, and so is one nothing is said of', async () => {
  const folder = tempFolder()
  const deskId = sampleId(77) as DeskId
  const others = { ...sampleEvent(1, 1, 1), deskId }
  const own = sampleReception(2, 2, 6)
  const silent = { ...sampleEvent(3, 3, 1), deskId }
  const about = { dossierId: sampleId(1_000_009) as DossierId, deskId, type: 'note-added' }
  const item = (event: StoredEvent, seq: number) => {
    return { seq, eventId: event.id, text: JSON.stringify(event), receivedAt: event.at, findings: [] }
  }
  const { journal } = await open(folder)
  await journal.append([
    {
      stream: [
        { ...item(others, 1), about },
        { ...item(own, 2), about: { dossierId: own.dossierId, deskId: own.deskId, type: own.type } },
        item(silent, 3),
      ],
      cursor: { epoch: 'a', seq: 3 },
    },
  ])
  // Nobody read the first one to learn where it belongs.
  expect([...journal.index.dossiers.keys()]).toEqual([about.dossierId, own.dossierId, silent.dossierId])
  expect(journal.index.ordinals.get('2022-08-17')).toBe(6)
  await journal.close()
  const { journal: again } = await open(folder, true)
  expect([...again.index.dossiers.keys()]).toEqual([about.dossierId, own.dossierId, silent.dossierId])
  expect(again.index.events.get(others.id)?.own).toBe(false)
})

test('what another desk replaced counts no more here, though it had its place in a former life of the district', async () => {
  const deskId = sampleId(77) as DeskId
  const first = { ...sampleEvent(1, 1, 1), deskId }
  const second = { ...sampleEvent(5, 1, 2), deskId }
  const earliest = { ...sampleEvent(6, 1, 1), deskId }
  const decided = sampleEvent(2, 1, 2)
  const body = { ...decided.body, resolves: second.id }
  const again = { ...decided, deskId, rebasedFrom: first.id, rebasedBefore: [earliest.id], body }
  const own = sampleReception(3, 1, 6)
  const forged = { ...sampleEvent(4, 1, 2), deskId }
  const item = (event: StoredEvent, seq: number) => {
    return { seq, eventId: event.id, text: JSON.stringify(event), receivedAt: event.at, findings: [] }
  }
  const about = { dossierId: first.dossierId, deskId, type: 'note-added' }
  for (const replacing of [
    item(again, 1),
    { ...item(again, 1), about: { ...about, replaces: [first.id, second.id, earliest.id] } },
  ]) {
    const { journal } = await open(tempFolder())
    await write(journal, own)
    await journal.append([
      { stream: [item(earliest, 1), item(first, 2), item(second, 3)], cursor: { epoch: 'a', seq: 3 } },
    ])
    await journal.append([{ newEpoch: true, cursor: { epoch: 'b', seq: 0 } }])
    await journal.append([{ stream: [replacing], cursor: { epoch: 'b', seq: 1 } }])
    expect((await journal.history(first.dossierId)).map(({ id }) => id)).toEqual([again.id, own.id])
    // A desk replaces its own events alone.
    const stolen = { ...item(forged, 2), about: { ...about, replaces: [own.id] } }
    await journal.append([{ stream: [stolen], cursor: { epoch: 'b', seq: 2 } }])
    expect((await journal.history(first.dossierId)).map(({ id }) => id)).toContain(own.id)
  }
})

test('a start that the disk refuses leaves no file open', async () => {
  const folder = tempFolder()
  const first = await open(folder)
  await write(first.journal, sampleReception(1, 1, 1))
  await first.journal.close()
  // The mirror's event is put back, which the disk does not take.
  truncateSync(segmentOf(folder), 0)
  const probe = await openFile(path.join(folder, 'probe'), 'w')
  const spy = vi
    .spyOn(Object.getPrototypeOf(probe) as FileHandle, 'write')
    .mockRejectedValue(Object.assign(new Error('full'), { code: 'ENOSPC' }))
  await probe.close()
  await expect(open(folder, true)).rejects.toMatchObject({ code: 'ENOSPC' })
  spy.mockRestore()
  const inFolder = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`)
      return file.startsWith(folder) ? file : []
    } catch {
      return []
    }
  })
  expect(inFolder).toEqual([])
  const { journal } = await open(folder, true)
  expect(idsOf(journal)).toEqual([sampleId(1)])
})
