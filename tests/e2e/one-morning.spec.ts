import { test } from '@playwright/test'
import { tellOneMorning } from '../story/one-morning.ts'

test('one morning at Gôi: outage, kill -9, two desks, everything once', async () => {
  const info = test.info()
  test.setTimeout(8 * 60_000)
  await tellOneMorning({
    papers: info.outputPath('papers'),
    picture: async (page, name) => {
      await page.screenshot({ path: info.outputPath(`${name}.png`) })
    },
    step: (title, run) => test.step(title, run),
  })
})
