import { expect, test } from 'vitest'
import { remainingSeconds, type Sample, withSample } from '../../../../renderer/features/outbox/remaining-time.ts'

const look = (...seen: readonly (readonly [atMs: number, bytes: number])[]) =>
  seen.reduce<readonly Sample[]>((samples, [atMs, bytes]) => withSample(samples, { atMs, bytes }), [])

test('the pace seen so far tells what is left', () => {
  expect(remainingSeconds(look([0, 10_000], [2_000, 9_000], [5_000, 5_000]))).toBe(5)
})

test.each([
  ['nothing was sent yet', look([0, 10_000], [9_000, 10_000])],
  ['it began a moment ago', look([0, 10_000], [500, 9_000], [900, 8_000])],
  ['one step was seen', look([0, 10_000], [8_000, 9_000])],
  ['new work came', look([0, 10_000], [2_000, 9_000], [5_000, 5_000], [6_000, 20_000])],
])('nothing is said while it would be a guess: %s', (_why, samples) => {
  expect(remainingSeconds(samples)).toBeUndefined()
})
