import { expect, test } from 'vitest'
import { proceduresOn, searchProcedures } from '../../../../renderer/features/intake/procedure/search-procedures.ts'
import { catalogue } from '../../../harness/catalogue.ts'

const inForce = proceduresOn(catalogue, '2022-08-17', {})

test.each([
  ['dkks', '1.001193'],
  ['ĐKKS', '1.001193'],
  ['dang ky khai sinh', '1.001193'],
  ['Đăng ký khai tử', '1.000656'],
  ['2.000815', '2.000815'],
  ['tinh trang hon nhan', '1.004873'],
])('"%s" finds %s first', (typed, code) => {
  expect(searchProcedures(inForce, typed)[0]?.code).toBe(code)
})

test('what is used most comes first; one version of each procedure', () => {
  const codes = proceduresOn(catalogue, '2022-08-17', { '1.000656': 3, '2.000815': 5 }).map(({ code }) => code)
  expect(codes.slice(0, 2)).toEqual(['2.000815', '1.000656'])
  expect(new Set(codes).size).toBe(codes.length)
})

test('nothing fits', () => {
  expect(searchProcedures(inForce, 'zzz')).toEqual([])
})
