import { expect, test } from 'vitest'
import { abbreviationOf, initialsOf } from '../../../../shared/core/text-folding.ts'

test.each([
  ['Đăng ký khai sinh', 'ĐKKS', 'dkks'],
  ['Nhận cha, mẹ, con', 'NCMC', 'ncmc'],
  ['Ủy quyền', 'UQ', 'uq'],
])('"%s" is abbreviated as %s and found by %s', (name, shown, typed) => {
  expect(abbreviationOf(name)).toBe(shown)
  expect(abbreviationOf(name.normalize('NFD'))).toBe(shown)
  expect(initialsOf(name)).toBe(typed)
})
