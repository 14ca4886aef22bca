import path from 'node:path'
import { onTestFinished } from 'vitest'
import { chainEvent } from '../../electron/journal/chain.ts'
import type { Journal, OpenedJournal } from '../../electron/journal/journal.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { openSampleJournal } from './sample-journal.ts'

/** The sample journal, closed when the test ends if the test did not. */
export async function openClosedAfter(folder: string, expected = false): Promise<OpenedJournal> {
  const opened = await openSampleJournal(folder, expected)
  onTestFinished(() => opened.journal.close().catch(() => undefined))
  return opened
}

/** Own events, one after the other, as commands write them. */
export async function writeOwn(journal: Journal, ...events: readonly StoredEvent[]): Promise<void> {
  for (const event of events) await journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
}

export const segmentOf = (folder: string) => path.join(folder, 'journal', '000001.log')
export const mirrorOf = (folder: string) => path.join(folder, 'mirror', 'mirror.log')
