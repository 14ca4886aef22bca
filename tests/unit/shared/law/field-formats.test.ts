import { expect, test } from 'vitest'
import { formatPhone } from '../../../../shared/law/field-formats.ts'

test.each([
  ['0912345678', '0912 345 678'],
  ['0912.345.678', '0912.345.678'],
  ['02283820123', '02283820123'],
  ['hỏi con trai', 'hỏi con trai'],
])('the phone "%s" is shown as "%s"', (typed, shown) => {
  expect(formatPhone(typed)).toBe(shown)
})
