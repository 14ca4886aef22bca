import { test } from '@playwright/test'
import { tellOneMorning } from '../story/one-morning.ts'
import { tellingOf } from './telling.ts'

test('one morning at Gôi: outage, kill -9, two desks, everything once', async () => {
  test.setTimeout(8 * 60_000)
  await tellOneMorning(tellingOf(test.info()))
})
