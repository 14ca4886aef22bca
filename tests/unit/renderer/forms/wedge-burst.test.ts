import { expect, test } from 'vitest'
import { createWedgeBurst } from '../../../../renderer/forms/wedge-burst.ts'

const card = '036199999992||TRẦN THỊ MẪU|01121999|Nữ|Thôn Vân Cát, Kim Thái|22082022'

function feed(text: string, gapMs: number) {
  const burst = createWedgeBurst()
  return [...text, 'Enter'].map((key, index) => burst.feed(key, index * gapMs))
}

test('a fast card is a scan, and its start is told before the first letter', () => {
  const steps = feed(card, 10)
  expect(steps[0]).toEqual({ kind: 'start' })
  expect(steps.at(-1)).toEqual({ kind: 'scan', text: card })
})

test('the same letters typed by hand are no scan', () => {
  expect(feed(card, 120).at(-1)).toEqual({ kind: 'none' })
})

test('the bursts of Unikey are no scan, however fast', () => {
  const burst = createWedgeBurst()
  let at = 0
  for (const key of ['n', 'g', 'u', 'y', 'e', 'Backspace', 'ê', 'n', 'Backspace', 'Backspace', 'ễ', 'n']) {
    at += 1
    expect(burst.feed(key, at).kind).not.toBe('scan')
  }
  expect(burst.feed('Enter', at + 1)).toEqual({ kind: 'none' })
})

test.each(['1234567890123456789012345678901234567890', '036199999992|only|three', card.slice(1)])(
  'no card, no scan: %s',
  (text) => {
    expect(feed(text, 5).at(-1)).toEqual({ kind: 'none' })
  },
)

test('letters typed before a scan do not spoil it', () => {
  const burst = createWedgeBurst()
  burst.feed('a', 0)
  burst.feed('Shift', 500)
  const steps = [...card, 'Enter'].map((key, index) => burst.feed(key, 1_000 + index))
  expect(steps.at(-1)).toEqual({ kind: 'scan', text: card })
})
