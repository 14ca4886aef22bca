import { expect, onTestFinished, test } from 'vitest'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { projectionPage } from '../../../electron/projection/projection.ts'
import { sampleEvent, sampleId, sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

async function openDeskJournal() {
  const folder = tempFolder()
  const { journal } = await openSampleJournal(folder)
  onTestFinished(() => journal.close())
  return journal
}

test('what is appended while a page is made comes with the next page, never with none', async () => {
  const journal = await openDeskJournal()
  const append = (event: ReturnType<typeof sampleEvent>) =>
    journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
  for (let number = 1; number <= 60; number += 1) await append(sampleReception(number, number, number))

  const making = projectionPage(journal, { after: 0, limit: 200 })
  await append(sampleReception(100, 100, 100))
  await append(sampleEvent(101, 1, 2))
  const first = await making
  const second = await projectionPage(journal, { after: first.position, limit: 200 })

  const seen = new Map([...first.changes, ...second.changes].map((view) => [String(view.id), view.dossier]))
  expect(seen.size).toBe(61)
  expect(seen.has(sampleId(1_000_100))).toBe(true)
  expect(seen.get(sampleId(1_000_001))?.notes).toHaveLength(1)
  expect(second.position).toBe(second.head)
})
