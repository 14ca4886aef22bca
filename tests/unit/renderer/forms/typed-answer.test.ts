import { expect, test } from 'vitest'
import {
  parseAmount,
  parseTime,
  storedAnswer,
  tidiedAnswer,
  typedAnswer,
} from '../../../../renderer/forms/typed-answer.ts'

test.each([
  ['8:30', '08:30'],
  ['8h30', '08:30'],
  ['0830', '08:30'],
  ['8 giờ 5', '08:05'],
  ['8h', '08:00'],
  ['23.59', '23:59'],
  ['24:00', undefined],
  ['8:60', undefined],
  ['sáng', undefined],
])('time "%s" is %s', (typed, expected) => {
  expect(parseTime(typed)).toBe(expected)
})

test.each([
  ['50000', '50000'],
  ['50.000', '50000'],
  ['50 000 đ', '50000'],
  ['1,250,000 đồng', '1250000'],
  ['0', '0'],
  ['50.00', undefined],
  ['năm mươi nghìn', undefined],
  ['', undefined],
])('amount "%s" is %s', (typed, expected) => {
  expect(parseAmount(typed)).toBe(expected)
})

test.each([
  ['date', '03091987', '1987-09-03', '03/09/1987'],
  ['partial-date', '9.1987', '1987-09', '09/1987'],
  ['partial-date', '31/02/1990', '31/02/1990', '31/02/1990'],
  ['money', '50000', '50000', '50.000'],
  ['count', '007', '7', '7'],
  ['text', '  Trần   Minh ', 'Trần Minh', 'Trần Minh'],
  ['long-text', ' một  hai \n ba ', 'một hai\nba', 'một hai\nba'],
] as const)('%s "%s" is stored as %s and shown as %s', (kind, typed, stored, shown) => {
  expect(storedAnswer(kind, typed)).toBe(stored)
  expect(tidiedAnswer(kind, typed)).toBe(shown)
  expect(storedAnswer(kind, shown)).toBe(stored)
})

test('what is stored can be put back into its field', () => {
  expect(typedAnswer('date', '1987-09-03')).toBe('03/09/1987')
  expect(typedAnswer('money', '1250000')).toBe('1.250.000')
  expect(typedAnswer('text', 'Kinh')).toBe('Kinh')
})

test('decomposed letters are composed when the field is left', () => {
  expect(tidiedAnswer('person-name', 'Nguyễn'.normalize('NFD'))).toBe('Nguyễn')
})
