import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../renderer/store/open-database.ts'
import { onDossierChanges } from '../../../../renderer/store/stored-dossiers.ts'
import { collectGarbage } from '../../../harness/collect-garbage.ts'
import { memoryStorage } from '../../../harness/open-store.ts'
import { sampleId } from '../../../harness/sample-events.ts'

test('what a dossier was is let go once it was written over, however long the page lives', async () => {
  const database = await openDatabase(memoryStorage(), 'dossier-changes')
  onTestFinished(async () => void (await database.close()))
  const told: WeakRef<object>[] = []
  onDossierChanges(database, (events) => {
    for (const event of events) if (event.operation !== 'DELETE') told.push(new WeakRef(event.documentData))
  })
  const { dossiers } = database.collections
  for (let position = 1; position <= 400; position += 1) {
    await dossiers.bulkUpsert([{ id: sampleId(1), key: 1, position, sealed: `sealed ${position}` }])
  }
  expect(told.length).toBe(400)
  for (let times = 0; times < 5; times += 1) {
    await wait(10)
    collectGarbage()
  }
  // RxDB itself looks back on the last hundred changes.
  expect(told.filter((each) => each.deref()).length).toBeLessThan(250)
})
