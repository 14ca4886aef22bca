import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyInWords } from '../../../../shared/core/money-in-words.ts'

describe('moneyInWords', () => {
  it.each([
    [0, 'không đồng'],
    [5, 'năm đồng'],
    [10, 'mười đồng'],
    [14, 'mười bốn đồng'],
    [15, 'mười lăm đồng'],
    [21, 'hai mươi mốt đồng'],
    [24, 'hai mươi tư đồng'],
    [105, 'một trăm linh năm đồng'],
    [110, 'một trăm mười đồng'],
    [1000, 'một nghìn đồng'],
    [1005, 'một nghìn không trăm linh năm đồng'],
    [2015, 'hai nghìn không trăm mười lăm đồng'],
    [8000, 'tám nghìn đồng'],
    [16_000, 'mười sáu nghìn đồng'],
    [21_000, 'hai mươi mốt nghìn đồng'],
    [25_500, 'hai mươi lăm nghìn năm trăm đồng'],
    [104_000, 'một trăm linh bốn nghìn đồng'],
    [200_000, 'hai trăm nghìn đồng'],
    [1_000_000, 'một triệu đồng'],
    [1_000_015, 'một triệu không trăm mười lăm đồng'],
    [1_234_567, 'một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng'],
    [55_055_055, 'năm mươi lăm triệu không trăm năm mươi lăm nghìn không trăm năm mươi lăm đồng'],
    [1_000_000_000, 'một tỷ đồng'],
    [2_000_000_001, 'hai tỷ không trăm linh một đồng'],
    [10_000_000_000, 'mười tỷ đồng'],
    [1_000_000_000_000, 'một nghìn tỷ đồng'],
  ])('%i is "%s"', (amount, words) => {
    expect(moneyInWords(amount)).toBe(words)
  })

  it('capitalises the first letter on request', () => {
    expect(moneyInWords(16_000, { capitalised: true })).toBe('Mười sáu nghìn đồng')
  })

  it('gives different words for different amounts, in single spaces', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000_000 })
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const words = moneyInWords(one)
        expect(words).toBe(words.replace(/\s+/g, ' ').trim())
        expect(words === moneyInWords(other)).toBe(one === other)
      }),
    )
  })
})
