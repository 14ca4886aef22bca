import { expect, test } from 'vitest'
import { linePace } from '../../../../electron/exchange/line-pace.ts'
import { workMsOf, workText } from '../../../../shared/wire/exchange.ts'

test('the district tells its own work, which is not the line', () => {
  expect(workMsOf(workText(1234.4))).toBe(1234)
  expect(workMsOf(null)).toBe(0)
  expect(workMsOf('cache;dur=5')).toBe(0)
})

const mebibyte = 1024 * 1024

test('a page is what the line carries in ten seconds, and giving up follows the line', () => {
  const pace = linePace()
  expect(pace.pageBytes()).toBe(mebibyte)
  expect(pace.packing()).toBe('tight')
  const unknown = pace.timeoutMs(mebibyte)
  for (let round = 0; round < 6; round += 1) pace.noteRound(200_000, 10_000)
  expect(pace.pageBytes()).toBe(200_000)
  expect(pace.isQuick()).toBe(false)
  expect(pace.timeoutMs(400_000)).toBeGreaterThan(60_000)
  for (let round = 0; round < 8; round += 1) pace.noteRound(mebibyte, 400)
  expect(pace.pageBytes()).toBe(mebibyte)
  for (let round = 0; round < 8; round += 1) pace.noteRound(mebibyte, 200)
  expect(pace.isQuick()).toBe(true)
  expect(pace.pageBytes()).toBe(3 * mebibyte)
  expect(pace.packing()).toBe('quick')
  expect(pace.timeoutMs(mebibyte)).toBeLessThan(unknown)
  for (let round = 0; round < 3; round += 1) pace.noteRound(mebibyte, 1_000)
  expect(pace.pageBytes()).toBe(mebibyte)
})

test('a line inside a building gets pages as they are, and none again once they made it slow', () => {
  const pace = linePace()
  for (let round = 0; round < 8; round += 1) pace.noteRound(mebibyte, 30)
  expect(pace.packing()).toBe('none')
  for (let round = 0; round < 4; round += 1) pace.noteRound(mebibyte, 90)
  expect(pace.packing()).toBe('quick')
  for (let round = 0; round < 8; round += 1) pace.noteRound(mebibyte, 30)
  expect(pace.packing()).toBe('quick')
})

test('where much waits a small page measures the line first', () => {
  const pace = linePace()
  const first = pace.pageBytes(true)
  expect(first).toBeLessThan(mebibyte / 16)
  pace.noteRound(first, 10)
  expect(pace.pageBytes(true)).toBeGreaterThan(first)
  expect(pace.isQuick()).toBe(true)
})

test('after a round that ran out of time pages are a quarter, and they grow again', () => {
  const pace = linePace()
  pace.noteBroken(120_000)
  pace.noteBroken(120_000)
  expect(pace.pageBytes()).toBe(mebibyte / 16)
  pace.noteRound(60_000, 1_000)
  expect(pace.pageBytes()).toBe(mebibyte / 8)
  for (let round = 0; round < 20; round += 1) pace.noteBroken(120_000)
  expect(pace.pageBytes()).toBe(16 * 1024)
})

test('a line that is simply down says nothing about its width', () => {
  const pace = linePace()
  pace.noteBroken(5)
  expect(pace.pageBytes()).toBe(mebibyte)
})

test('a message too large for some proxy halves its events, down to one', () => {
  const pace = linePace()
  pace.noteTooLarge(10)
  expect(pace.maxEvents()).toBe(5)
  pace.noteTooLarge(1)
  expect(pace.maxEvents()).toBe(1)
  pace.noteRound(1_000, 10)
  expect(pace.maxEvents()).toBe(2)
})
