import { afterEach, expect, test, vi } from 'vitest'
import { createSending } from '../../../../electron/exchange/sending.ts'

afterEach(() => vi.useRealTimers())

test('a round without an end is said to be sending for a minute, and then that it waits', () => {
  vi.useFakeTimers()
  const expired = vi.fn()
  const sending = createSending(expired)
  sending.begin([
    { eventId: 'e1', dossierId: 'd1' },
    { eventId: 'e2', dossierId: 'd1' },
    { eventId: 'e3', dossierId: 'd2' },
  ])
  expect(sending.dossiers()).toEqual(['d1', 'd2'])
  vi.advanceTimersByTime(59_000)
  expect(sending.has('e3')).toBe(true)
  sending.begin([{ eventId: 'e4', dossierId: 'd3' }])
  expect([sending.has('e3'), sending.dossiers()]).toEqual([false, ['d3']])
  vi.advanceTimersByTime(59_000)
  expect(expired).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect([sending.has('e4'), sending.dossiers(), expired.mock.calls.length]).toEqual([false, [], 1])
})
