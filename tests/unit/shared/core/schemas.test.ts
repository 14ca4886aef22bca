import { expect, test } from 'vitest'
import { instantSchema, isoDateSchema } from '../../../../shared/core/schemas.ts'

test.each([
  '2022-08-17T01:00:00.000Z',
  '1900-01-01T00:00:00.000Z',
  '2200-12-31T23:59:59.999Z',
  '2024-02-29T12:00:00.000Z',
])('%s is a moment', (text) => {
  expect(instantSchema.safeParse(text).success).toBe(true)
  expect(isoDateSchema.safeParse(text.slice(0, 10)).success).toBe(true)
})

test.each([
  '2022-13-45T99:99:99.999Z',
  '2022-02-30T00:00:00.000Z',
  '2023-02-29T00:00:00.000Z',
  '2022-00-10T00:00:00.000Z',
  '1899-12-31T23:59:59.999Z',
  '2201-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00.000Z',
])('%s never was and never will be met here', (text) => {
  expect(instantSchema.safeParse(text).success).toBe(false)
  expect(isoDateSchema.safeParse(text.slice(0, 10)).success).toBe(false)
})

test('a moment that does not exist on its day is none', () => {
  expect(instantSchema.safeParse('2022-08-17T24:00:00.000Z').success).toBe(false)
  expect(instantSchema.safeParse('2022-08-17T23:60:00.000Z').success).toBe(false)
})
