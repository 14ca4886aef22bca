import { beforeEach, expect, test, vi } from 'vitest'
import { pagesAhead } from '../../../district/exchange/pages-ahead.ts'
import type { Page, PageWish } from '../../../district/store/stream-pages.ts'
import type { DeskId } from '../../../shared/core/ids.ts'

const [one, two] = ['one', 'two'] as [DeskId, DeskId]
const wish: PageWish = { after: 10, room: 1000, holder: undefined }
const page: Page = { events: [], link: 'l' }

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

test('a page is given once, to its desk, when it is the page that was wished for', async () => {
  const ahead = pagesAhead()
  ahead.begin(one, wish, async () => page)
  expect(ahead.take(two, wish)).toBe(undefined)
  expect(await ahead.take(one, wish)).toBe(page)
  expect(ahead.take(one, wish)).toBe(undefined)
  for (const other of [{ after: 11 }, { room: 999 }, { holder: 'one' }]) {
    ahead.begin(one, wish, async () => page)
    expect(ahead.take(one, { ...wish, ...other })).toBe(undefined)
  }
})

test('nobody keeps a page for a desk that does not come back, and a failed reading is told only to who asks', async () => {
  const ahead = pagesAhead()
  ahead.begin(one, wish, async () => page)
  ahead.begin(two, wish, () => Promise.reject(new Error('no database')))
  await expect(ahead.take(two, wish)).rejects.toThrow('no database')
  vi.advanceTimersByTime(60_000)
  expect(ahead.take(one, wish)).toBe(undefined)
})
