import { expect, test } from '@playwright/test'
import { signIn } from '../story/desk-acts.ts'
import { openStage, type Stage } from '../story/stage.ts'

/** Electron speaks TLS with another library than Node: what holds in Node is shown once more in the real app. */
let stage: Stage
test.beforeAll(async () => {
  stage = await openStage(test.info().outputPath('papers'))
})
test.afterAll(() => stage.clear())

test('a desk enrols over TLS by the key in its code, and its line is up', async () => {
  test.setTimeout(4 * 60_000)
  const district = await stage.startDistrict({ tls: true })
  expect(district.url).toMatch(/^https:/)
  const { page } = await stage.openDesk('Quầy 1', `${district.url}#${stage.code()}`)
  await signIn(page, 'Phạm Thị Hạnh')
  await expect(page.getByRole('region', { name: /trạng thái/i }).or(page.locator('.status'))).toContainText('Có mạng')
})
