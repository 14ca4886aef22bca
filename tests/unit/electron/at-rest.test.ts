import { expect, onTestFinished, test } from 'vitest'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleIdentity } from '../../harness/sample-identity.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

test('a short piece of work at rest does not wake the exchange under a longer one', async () => {
  const desk = await openNodeDesk({ folder: tempFolder() })
  onTestFinished(() => desk.close())
  await desk.identity.save(await sampleIdentity())
  desk.startExchange()
  expect(desk.findExchange()).toBeDefined()
  const long = desk.atRest(async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
    return desk.findExchange()
  })
  const short = desk.atRest(async () => 'done')
  expect(await Promise.all([long, short])).toEqual([undefined, 'done'])
  expect(desk.findExchange()).toBeDefined()
})
