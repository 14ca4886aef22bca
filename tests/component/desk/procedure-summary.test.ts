import { expect, test } from 'vitest'
import { procedureSummary } from '../../../renderer/features/palette/procedure-summary.ts'
import { catalogue, procedureOf } from '../../harness/catalogue.ts'

test.each([
  ['1.001193', 'Trong ngày, miễn phí'],
  ['1.004873', '3 ngày làm việc, phí do tỉnh quy định'],
  ['2.000635', 'Trong ngày, 8.000\u00a0đ/bản sao trích lục'],
  ['2.000815', 'Trong ngày, 2.000\u00a0đ/trang'],
])('the procedure %s is summed up as "%s"', (code, words) => {
  expect(procedureSummary(procedureOf(code))).toBe(words)
})

test('every procedure has a summary short enough for one line of the palette', () => {
  for (const procedure of catalogue.procedures) expect(procedureSummary(procedure).length).toBeLessThan(75)
})
