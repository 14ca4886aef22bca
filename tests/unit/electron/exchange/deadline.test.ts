import { expect, test } from 'vitest'
import { deadlineIn } from '../../../../electron/exchange/deadline.ts'
import { collectGarbage } from '../../../harness/collect-garbage.ts'

/** Only a listener of the signal is left, as of a request that waits for its answer. */
function firedBy(start: (fired: () => void) => void): Promise<void> {
  return new Promise((resolve) => start(resolve))
}

test('a deadline fires although nobody holds it and everything unused is collected meanwhile', async () => {
  const fired = firedBy((done) => {
    deadlineIn(60, new AbortController().signal).signal.addEventListener('abort', done, { once: true })
  })
  const collecting = setInterval(collectGarbage, 10)
  await fired
  clearInterval(collecting)
})

test('it fires with the other signal and keeps its reason, at once where that has fired already', () => {
  const other = new AbortController()
  const { signal } = deadlineIn(60_000, other.signal)
  expect(signal.aborted).toBe(false)
  other.abort('stopped')
  expect(signal.reason).toBe('stopped')
  expect(deadlineIn(60_000, other.signal).signal.aborted).toBe(true)
})

test('cleared, it fires no more', async () => {
  const other = new AbortController()
  const { signal, clear } = deadlineIn(1, other.signal)
  clear()
  await new Promise((resolve) => setTimeout(resolve, 20))
  other.abort()
  expect(signal.aborted).toBe(false)
})
