import { expect, test } from 'vitest'
import { demoClock } from '../../../build/demo/demo-folder.mjs'

const MORNING = '2022-08-17T08:00:00+07:00'

test('the demo day goes on between two starts and never goes back', () => {
  const hourAgo = { port: 1, firstStartedAt: Date.now() - 3_600_000 }
  expect(demoClock(MORNING, hourAgo)?.slice(0, 16)).toBe('2022-08-17T02:00')
  const tomorrow = { port: 1, firstStartedAt: Date.now() + 86_400_000 }
  expect(demoClock(MORNING, tomorrow)).toBe('2022-08-17T01:00:00.000Z')
})

test('without a demo day there is the real clock', () => {
  expect(demoClock(undefined, { port: 1, firstStartedAt: 0 })).toBeUndefined()
})
