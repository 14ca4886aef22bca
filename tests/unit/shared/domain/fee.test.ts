import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certifiedCopyVnd, feeFor, needsEnteredFee } from '../../../../shared/domain/fee.ts'
import type { Declaration } from '../../../../shared/law/declaration-form.ts'
import { procedure } from '../law/data/reference-data.ts'

function amountOf(code: string, declaration: Declaration, exemption?: string, enteredVnd?: number) {
  const fee = feeFor(procedure(code).fee, declaration, exemption, enteredVnd)
  return fee.ok ? fee.value.amountVnd : fee.error
}

describe('certified copies (TT 226/2016/TT-BTC)', () => {
  it.each([
    { pages: '1', copies: '1', amountVnd: 2000 },
    { pages: '2', copies: '1', amountVnd: 4000 },
    { pages: '3', copies: '1', amountVnd: 5000 },
    { pages: '4', copies: '3', amountVnd: 18_000 },
    { pages: '198', copies: '1', amountVnd: 200_000 },
    { pages: '199', copies: '1', amountVnd: 200_000 },
    { pages: '500', copies: '2', amountVnd: 400_000 },
  ])('$copies copies of $pages pages cost $amountVnd', ({ pages, copies, amountVnd }) => {
    expect(amountOf('2.000815', { 'certified.pages': pages, 'certified.copies': copies })).toBe(amountVnd)
  })

  it('tells how it was counted', () => {
    const fee = feeFor(procedure('2.000815').fee, { 'certified.pages': '500', 'certified.copies': '2' })
    expect(fee).toEqual({
      ok: true,
      value: {
        amountVnd: 400_000,
        lines: [{ kind: 'pages', pages: 500, copies: 2, perCopyVnd: 200_000, capped: true, amountVnd: 400_000 }],
        entered: false,
      },
    })
  })

  it('agrees with the formula of the circular: copies × min(200000, 2000×min(p,2)+1000×max(0,p−2))', () => {
    const { fee } = procedure('2.000815')
    if (fee.rule !== 'per-page') throw new Error('per-page expected')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (pages) => {
        const perCopy = Math.min(200_000, 2000 * Math.min(pages, 2) + 1000 * Math.max(0, pages - 2))
        expect(certifiedCopyVnd(fee, pages)).toBe(perCopy)
        expect(certifiedCopyVnd(fee, pages + 1)).toBeGreaterThanOrEqual(perCopy)
      }),
    )
  })

  it.each([
    [{ 'certified.copies': '1' }, { code: 'fee/quantity-missing', key: 'certified.pages' }],
    [{ 'certified.pages': '2' }, { code: 'fee/quantity-missing', key: 'certified.copies' }],
    [
      { 'certified.pages': '', 'certified.copies': '1' },
      { code: 'fee/quantity-missing', key: 'certified.pages' },
    ],
    [
      { 'certified.pages': 'hai', 'certified.copies': '1' },
      { code: 'fee/quantity-unreadable', key: 'certified.pages', text: 'hai' },
    ],
    [
      { 'certified.pages': '0', 'certified.copies': '1' },
      { code: 'fee/quantity-unreadable', key: 'certified.pages', text: '0' },
    ],
    [
      { 'certified.pages': '2', 'certified.copies': '-1' },
      { code: 'fee/quantity-unreadable', key: 'certified.copies', text: '-1' },
    ],
    [
      { 'certified.pages': '2', 'certified.copies': '99999' },
      { code: 'fee/quantity-unreadable', key: 'certified.copies', text: '99999' },
    ],
  ])('%o is refused: %o', (declaration, error) => {
    expect(amountOf('2.000815', declaration as Declaration)).toEqual(error)
  })
})

describe('other fees', () => {
  it('of a birth registered in time are those of the copies asked for', () => {
    expect(amountOf('1.001193', {})).toBe(0)
    expect(amountOf('1.001193', { 'copies.count': '0' })).toBe(0)
    expect(amountOf('1.001193', { 'copies.count': '2', 'registration.timing': 'Đúng hạn' })).toBe(16_000)
  })

  it('of a birth registered late are entered, with the copies on top', () => {
    const late = { 'copies.count': '2', 'registration.timing': 'Quá hạn' }
    expect(needsEnteredFee(procedure('1.001193').fee, late)).toBe(true)
    expect(needsEnteredFee(procedure('1.001193').fee, {})).toBe(false)
    expect(amountOf('1.001193', late)).toEqual({ code: 'fee/amount-needed' })
    expect(amountOf('1.001193', late, undefined, 8000)).toBe(24_000)
  })

  it('of a register copy are 8.000 for each copy, and the number must be given', () => {
    expect(amountOf('2.000635', { 'copies.count': '3' })).toBe(24_000)
    expect(amountOf('2.000635', {})).toEqual({ code: 'fee/quantity-missing', key: 'copies.count' })
  })

  it('are one amount for a case', () => {
    expect(amountOf('2.000884', {})).toBe(10_000)
  })

  it('are entered where the provincial council sets them', () => {
    expect(needsEnteredFee(procedure('1.004873').fee, {})).toBe(true)
    expect(amountOf('1.004873', {})).toEqual({ code: 'fee/amount-needed' })
    expect(amountOf('1.004873', {}, undefined, 1.5)).toEqual({ code: 'fee/amount-unreadable' })
    expect(amountOf('1.004873', {}, undefined, -1)).toEqual({ code: 'fee/amount-unreadable' })
    expect(feeFor(procedure('1.004873').fee, {}, undefined, 5000)).toEqual({
      ok: true,
      value: { amountVnd: 5000, lines: [{ kind: 'entered', amountVnd: 5000 }], entered: true },
    })
  })

  it('are nothing for the exempt, with the reason and what was waived', () => {
    expect(feeFor(procedure('2.000635').fee, { 'copies.count': '3' }, 'Người thuộc hộ nghèo')).toEqual({
      ok: true,
      value: {
        amountVnd: 0,
        lines: [{ kind: 'items', item: 'bản sao trích lục', quantity: 3, unitVnd: 8000, amountVnd: 24_000 }],
        exemption: 'Người thuộc hộ nghèo',
        entered: false,
      },
    })
    expect(amountOf('1.004873', {}, 'Người khuyết tật')).toBe(0)
  })
})
