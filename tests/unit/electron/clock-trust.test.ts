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
  const state = { now: today, running: 3_600_000, lastOwnAt: instantOf(today - 60_000), lastContactAt: '' }
  const open = async () => {
    const clock = createClock(
      undefined,
      () => state.now,
      () => state.running,
    )
    const signs = { lastOwnAt: () => state.lastOwnAt, lastContactAt: () => state.lastContactAt }
    return { clock, trust: await openClockTrust(folder, key, clock, signs) }
  }
  const pass = (ms: number) => {
    state.now += ms
    state.running += ms
  }
  return { state, open, pass }
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
  expect(differsBy(10 * 60_000)).toEqual({
    rightNow: instantOf(today + 10 * 60_000),
    toldByDistrict: true,
    stops: false,
  })
  expect(differsBy(-day)).toMatchObject({ rightNow: instantOf(today - day), stops: true })
  await trust.confirm()
  expect(trust.findDifference()?.stops).toBe(false)
  const again = await open()
  again.clock.learnDistrictTime(instantOf(today - day - 60_000))
  expect(again.trust.findDifference()?.stops).toBe(false)
  again.clock.learnDistrictTime(instantOf(today - 3 * day))
  expect(again.trust.findDifference()?.stops).toBe(true)
})

test('a clock that is set while the app runs is noticed without a line, and confirmed once', async () => {
  const { state, open, pass } = desk()
  const { clock, trust } = await open()
  pass(20 * 3_600_000)
  expect(trust.findDifference()).toBeUndefined()
  state.now += 10 * 60_000
  const right = instantOf(today + 20 * 3_600_000)
  expect(trust.findDifference()).toEqual({ rightNow: right, toldByDistrict: false, stops: false })
  state.now += day
  expect(trust.findDifference()).toEqual({ rightNow: right, toldByDistrict: false, stops: true })
  await trust.confirm()
  pass(day)
  expect(trust.findDifference()?.stops).toBe(false)
  expect(clock.isTold()).toBe(false)
  state.now += day
  expect(trust.findDifference()?.stops).toBe(true)
})

test('after contact the right time runs on, wherever the clock is set to', async () => {
  const { state, open, pass } = desk()
  const { clock, trust } = await open()
  clock.learnDistrictTime(instantOf(today + 60_000))
  pass(day)
  state.now += 3_653 * day
  expect(trust.findDifference()).toEqual({
    rightNow: instantOf(today + 60_000 + day),
    toldByDistrict: true,
    stops: true,
  })
  state.now -= 3_653 * day
  expect(trust.findDifference()).toBeUndefined()
})

test('what happened between two runs is asked about when it was longer than any holidays, until the district tells its time', async () => {
  const { state, open } = desk()
  state.now += 13 * day
  expect((await open()).trust.findAhead()).toBeUndefined()
  state.now += 3_653 * day
  const { clock, trust } = await open()
  expect(trust.findDifference()).toBeUndefined()
  expect(trust.findAhead()).toBe(state.lastOwnAt)
  state.lastContactAt = instantOf(state.now - 13 * day)
  expect(trust.findAhead()).toBeUndefined()
  state.lastContactAt = instantOf(today)
  expect(trust.findAhead()).toBe(state.lastContactAt)
  await trust.confirm()
  expect(trust.findAhead()).toBeUndefined()
  const again = await open()
  expect(again.trust.findAhead()).toBeUndefined()
  state.now += 30 * day
  expect(again.trust.findAhead()).toBeDefined()
  clock.learnDistrictTime(instantOf(today))
  expect(trust.findAhead()).toBeUndefined()
})
