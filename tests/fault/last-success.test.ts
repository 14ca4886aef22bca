import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { enrolDesk, openNodeDesk } from '../harness/node-desk.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()

test('an exchange that brought nothing is still the last one that worked after a kill, without a line', async () => {
  const district = await cluster.district()
  const folder = path.join(tempFolder(), 'desk')
  const desk = await openNodeDesk({ folder })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, await district.code(), 'Quầy 1')
  desk.startExchange()
  await desk.findExchange()?.now()
  const { line, lastSuccessAt } = desk.findExchange()?.status() ?? {}
  expect([line, lastSuccessAt]).toEqual(['online', expect.any(String)])
  await district.close()

  // Not closed before: nothing is written at the end that a kill would prevent.
  const afterKill = await openNodeDesk({ folder })
  onTestFinished(() => afterKill.close())
  afterKill.startExchange()
  await afterKill.findExchange()?.now()
  const after = afterKill.findExchange()?.status()
  expect(after?.line).toBe('offline')
  expect(after?.lastSuccessAt?.slice(0, 16)).toBe(lastSuccessAt?.slice(0, 16))
})
