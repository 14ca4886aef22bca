import { describe, expect, it } from 'vitest'
import { formReference, getPaperSet, paperSetOn, paperSets } from '../../../../../shared/law/papers/paper-set.ts'

describe('paper sets', () => {
  it.each([
    ['2022-08-17', 'tt-01-2018'],
    ['2025-07-01', 'tt-01-2018'],
    ['2025-09-14', 'tt-01-2018'],
    ['2025-09-15', 'tt-03-2025'],
    ['2026-11-23', 'tt-03-2025'],
    ['2010-01-01', 'tt-01-2018'],
  ])('on %s is %s', (date, version) => {
    expect(paperSetOn(date).version).toBe(version)
  })

  it('follow each other without a gap', () => {
    expect(paperSets.map(({ from, to }) => [from, to])).toEqual([
      ['2018-06-21', '2025-09-14'],
      ['2025-09-15', undefined],
    ])
  })

  it('give one number to different papers and one paper different numbers', () => {
    const [old, current] = [getPaperSet('tt-01-2018'), getPaperSet('tt-03-2025')]
    expect([old.formNumbers['control-slip'], current.formNumbers['control-slip']]).toEqual(['05', '06'])
    expect([old.formNumbers['stop-notice'], current.formNumbers['stop-notice']]).toEqual([undefined, '05'])
    expect(formReference(old, 'refusal')).toBe('Mẫu số 03, Thông tư 01/2018/TT-VPCP')
    expect(formReference(old, 'stop-notice')).toBe('Thông tư 01/2018/TT-VPCP')
  })
})
