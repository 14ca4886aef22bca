import { expect, test } from 'vitest'
import { tryLimit } from '../../../district/enrolment/try-limit.ts'

const minute = 60_000

test('ten failures close the door for an address, ten minutes open it again; others are not held up', () => {
  const limit = tryLimit()
  for (let count = 0; count < 10; count += 1) {
    expect(limit.isExhausted('a', count)).toBe(false)
    limit.countFailure('a', count)
  }
  expect(limit.isExhausted('a', 10)).toBe(true)
  expect(limit.isExhausted('b', 10)).toBe(false)
  expect(limit.isExhausted('a', 10 * minute - 1)).toBe(true)
  expect(limit.isExhausted('a', 10 * minute + 10)).toBe(false)
})

test('many addresses together are one guesser', () => {
  const limit = tryLimit()
  for (let count = 0; count < 100; count += 1) limit.countFailure(`address ${count}`, 0)
  expect(limit.isExhausted('a new one', 1)).toBe(true)
})
