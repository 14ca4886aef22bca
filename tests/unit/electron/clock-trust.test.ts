import { expect, test } from 'vitest'
import { createClock } from '../../../electron/clock.ts'
import { openClockTrust } from '../../../electron/commands/clock-trust.ts'
import { instantOf } from '../../../shared/core/time.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const day = 86_400_000
const today = Date.parse('2022-08-17T01:00:00.000Z')
const key = Buffer.alloc(32, 3)

function desk() {
  const folder = tempFolder()
  const state = { now: today, lastOwnAt: instantOf(today - 60_000) }
  const open = async () => {
    const clock = createClock(undefined, () => state.now)
    return { clock, trust: await openClockTrust(folder, key, clock, () => state.lastOwnAt) }
  }
  return { state, open }
}

test('after a jump of ten years and back, one confirmation is enough, also after a restart and for what is entered then', async () => {
  const { state, open } = desk()
  state.lastOwnAt = instantOf(today + 3_653 * day)
  const { trust } = await open()
  expect(trust.findBehind()).toBe(state.lastOwnAt)
  await trust.confirm()
  expect(trust.findBehind()).toBeUndefined()
  const again = await open()
  expect(again.trust.findBehind()).toBeUndefined()
  state.lastOwnAt = instantOf(today + 60_000)
  expect(again.trust.findBehind()).toBeUndefined()
})

test('a second jump back is seen again, before and after something was entered', async () => {
  const { state, open } = desk()
  state.lastOwnAt = instantOf(today + day)
  const { trust } = await open()
  await trust.confirm()
  state.now = today - day
  expect(trust.findBehind()).toBe(instantOf(today))
  state.now = today + 2 * day
  state.lastOwnAt = instantOf(state.now)
  expect(trust.findBehind()).toBeUndefined()
  state.now = today
  expect(trust.findBehind()).toBe(state.lastOwnAt)
})

test('seconds are no difference, minutes are told, half a day stops numbers until it is confirmed', async () => {
  const { open } = desk()
  const { clock, trust } = await open()
  const differsBy = (ms: number) => {
    clock.learnDistrictTime(instantOf(today + ms))
    return trust.findDifference()
  }
  expect(differsBy(60_000)).toBeUndefined()
  expect(differsBy(10 * 60_000)).toEqual({ districtNow: instantOf(today + 10 * 60_000), stops: false })
  expect(differsBy(-day)).toEqual({ districtNow: instantOf(today - day), stops: true })
  await trust.confirm()
  expect(trust.findDifference()?.stops).toBe(false)
  const again = await open()
  again.clock.learnDistrictTime(instantOf(today - day - 60_000))
  expect(again.trust.findDifference()?.stops).toBe(false)
  again.clock.learnDistrictTime(instantOf(today - 3 * day))
  expect(again.trust.findDifference()?.stops).toBe(true)
})
