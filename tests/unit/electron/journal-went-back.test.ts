import { appendFileSync, cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { Journal } from '../../../electron/journal/journal.ts'
import { projectionPage } from '../../../electron/projection/projection.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { segmentOf } from '../../harness/closed-journal.ts'
import { sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal, sampleWitness } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

async function open(folder: string, expected = true) {
  const opened = await openSampleJournal(folder, expected)
  onTestFinished(() => opened.journal.close().catch(() => undefined))
  return opened
}

const both = ['journal', 'mirror'] as const

async function receive(journal: Journal, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) {
    await journal.append([{ own: [chainEvent(journal.index.chain, sampleReception(number, number, number))] }])
  }
}

/** The district takes everything there is. */
async function take(journal: Journal): Promise<void> {
  const receivedAt = '2022-08-17T02:00:00.000Z'
  const verdicts = [...journal.index.unsent.keys()].map((eventId, at) => {
    return {
      eventId: eventId as StoredEvent['id'],
      verdict: 'accepted' as const,
      seq: at + 1,
      receivedAt,
      findings: [],
    }
  })
  await journal.append([{ verdicts, cursor: { epoch: 'e', seq: verdicts.length } }])
}

function copy(folder: string): () => void {
  for (const name of both) cpSync(path.join(folder, name), path.join(folder, 'copied', name), { recursive: true })
  return () => {
    for (const name of both) {
      rmSync(path.join(folder, name), { recursive: true })
      cpSync(path.join(folder, 'copied', name), path.join(folder, name), { recursive: true })
    }
  }
}

/** Receptions 1 to 30 sent, then a copy, 31 to 50 not sent, and the copy back. Answers what the page saw of today. */
async function wentBack(folder: string, meanwhile = () => {}) {
  const { journal: first } = await open(folder, false)
  await receive(first, 1, 30)
  await take(first)
  await first.saveIndex()
  await first.close()
  const copyBack = copy(folder)
  meanwhile()
  const { journal: today } = await open(folder)
  await receive(today, 31, 50)
  const seen = await projectionPage(today, { after: 0, limit: 500 })
  await today.close()
  copyBack()
  return seen
}

test('folders copied back from yesterday are noticed at the start, before the exchange or the page can do anything', async () => {
  const folder = tempFolder()
  const seen = await wentBack(folder)
  const { journal, health } = await open(folder)
  expect(health).toMatchObject({ state: 'damaged', whole: false })
  expect(journal.index.passedOver).toMatchObject([{ from: '2022-08-17', until: '2022-08-17', count: 20 }])
  expect(new Map(journal.index.passedOver[0]?.known).get('2022-08-17')).toBe(30)
  // The exchange writes many frames before an officer signs in.
  for (let seq = 31; seq <= 60; seq += 1) await journal.append([{ cursor: { epoch: 'e', seq } }])
  const page = await projectionPage(journal, { after: seen.position, limit: 500 })
  expect(page.journalId).not.toBe(seen.journalId)
})

test('it is noticed too when a torn write was cut off between the copy and today, or in the copy itself', async () => {
  for (const torn of ['today', 'copy'] as const) {
    const folder = tempFolder()
    const tear = () => appendFileSync(segmentOf(folder), Buffer.alloc(9, 7))
    const seen = await wentBack(folder, torn === 'today' ? tear : undefined)
    if (torn === 'copy') tear()
    const { journal, health } = await open(folder)
    expect(health).toMatchObject({ state: 'damaged', whole: false })
    expect(journal.index.passedOver).toMatchObject([{ count: 20 }])
    expect(journal.journalId()).not.toBe(seen.journalId)
  }
})

test('it is told once: a later start finds nothing new, and a page that was built anew stays', async () => {
  const folder = tempFolder()
  await wentBack(folder)
  const { journal } = await open(folder)
  await journal.append([{ whole: true }])
  const life = journal.journalId()
  await journal.close()
  const again = await open(folder)
  expect(again.health).toMatchObject({ state: 'whole', whole: true })
  expect(again.journal.journalId()).toBe(life)
})

test('where only what came from the district went back, numbers go on and the page begins anew', async () => {
  const folder = tempFolder()
  const { journal: first } = await open(folder, false)
  await receive(first, 1, 3)
  await first.close()
  const copyBack = copy(folder)
  const { journal: today } = await open(folder)
  await today.append([{ cursor: { epoch: 'e', seq: 9 } }])
  const life = today.journalId()
  await today.close()
  copyBack()
  const { journal, health } = await open(folder)
  expect(health).toMatchObject({ state: 'damaged', whole: true })
  expect(journal.index.passedOver).toEqual([])
  expect(journal.journalId()).not.toBe(life)
})

test('what the mirror puts back is not lost: numbers go on, none of them is passed over', async () => {
  const folder = tempFolder()
  const { journal: first } = await open(folder, false)
  await receive(first, 1, 9)
  const tenth = first.index.events.get(sampleReception(9, 9, 9).id)?.place
  await first.close()
  truncateSync(segmentOf(folder), tenth?.offset ?? 0)
  const { journal, health } = await open(folder)
  expect(health).toMatchObject({ state: 'healed', healedEntries: 1, whole: true })
  expect(journal.index.passedOver).toEqual([])
})

test('a witness of another install, a damaged one or none accuses nobody', async () => {
  const folder = tempFolder()
  const { journal: first } = await open(folder, false)
  await receive(first, 1, 3)
  await first.close()
  for (const harm of [
    () => rmSync(sampleWitness(folder)),
    () => writeFileSync(sampleWitness(folder), Buffer.alloc(300, 1)),
    () => truncateSync(sampleWitness(folder), 20),
    () => {
      rmSync(sampleWitness(folder))
      mkdirSync(sampleWitness(folder))
    },
  ]) {
    harm()
    const { journal, health } = await open(folder)
    expect(health).toMatchObject({ state: 'whole', whole: true })
    await journal.close()
  }
})

test('with journal and mirror gone the other half of the lane is kept in the very frame that tells of the loss', async () => {
  const folder = tempFolder()
  const { journal: first } = await open(folder, false)
  await receive(first, 1, 3)
  await first.close()
  for (const name of both) rmSync(path.join(folder, name), { recursive: true })
  rmSync(sampleWitness(folder))
  const { journal } = await open(folder)
  const told: unknown[] = []
  for await (const batch of journal.batches()) told.push(batch)
  expect(told).toEqual([{ healed: true, whole: false, rolledBack: { frames: 250, until: '2022-08-17' } }])
  await journal.close()
  // Killed right then: the next start still knows.
  const again = await open(folder)
  expect([again.journal.isWhole(), again.journal.index.passedOver[0]?.count]).toEqual([false, 250])
})
