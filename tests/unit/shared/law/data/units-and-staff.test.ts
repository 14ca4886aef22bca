import { describe, expect, it } from 'vitest'
import { communesOn, type Unit } from '../../../../../shared/law/unit.ts'
import { staff2022, staff2025, units2022, units2025 } from './reference-data.ts'

const all: readonly Unit[] = [...units2022.units, ...units2025.units]
const known = new Set<string>(all.map((unit) => unit.id))

describe('units of Vụ Bản', () => {
  it('has 18 communes in 2022, 14 after the merger of 2024, 6 neighbours today', () => {
    expect(communesOn(units2022, '2022-08-17')).toHaveLength(18)
    expect(communesOn(units2022, '2024-09-01')).toHaveLength(14)
    expect(communesOn(units2022, '2025-07-01')).toHaveLength(0)
    expect(communesOn(units2025, '2026-11-23')).toHaveLength(6)
  })

  it('gives every unit its own id and its own dossier-number prefix', () => {
    expect(known.size).toBe(all.length)
    expect(new Set(all.map((unit) => unit.agencyCode)).size).toBe(all.length)
    expect(all.filter((unit) => unit.agencyCodeVerified)).toEqual([])
  })

  it('names parents and successors that exist; a successor begins when its predecessor has ended, or lives on', () => {
    for (const unit of all) {
      if (unit.parentId) expect(known).toContain(unit.parentId)
      for (const id of unit.successorIds) {
        const successor = all.find((other) => other.id === id)
        expect(successor, `${unit.id} → ${id}`).toBeDefined()
        expect((successor?.validTo ?? '9999-12-31') > (unit.validTo ?? '')).toBe(true)
      }
    }
  })

  it('sends every commune that has ended to a successor', () => {
    const ended = all.filter((unit) => unit.kind === 'commune' && unit.validTo)
    expect(ended).toHaveLength(19)
    expect(ended.filter((unit) => unit.successorIds.length === 0)).toEqual([])
  })

  it('lets no statistics code name two units on one day, although codes were re-used over the years', () => {
    const codes = all.flatMap((unit) => unit.statisticsCodes.map((dated) => ({ ...dated, unit: unit.id })))
    const overlaps = codes.flatMap((one, index) =>
      codes
        .slice(index + 1)
        .filter(
          (other) =>
            other.code === one.code &&
            one.validFrom <= (other.validTo ?? '9999') &&
            other.validFrom <= (one.validTo ?? '9999'),
        )
        .map((other) => `${one.code}: ${one.unit}, ${other.unit}`),
    )
    expect(overlaps).toEqual([])
    expect(codes.filter(({ code }) => code === '13753').map(({ unit }) => unit)).toEqual([
      'hop-hung',
      'hien-khanh-2025',
    ])
    expect(codes.filter(({ code }) => code === '13750').map(({ unit }) => unit)).toEqual([
      'tan-khanh',
      'minh-tan-2024',
      'minh-tan-2025',
    ])
  })

  it('writes the authority as papers do', () => {
    const goi = units2022.units.find((unit) => unit.id === 'goi')
    expect(goi?.authorityName).toBe('UBND THỊ TRẤN GÔI')
    expect(goi?.deskName).toBe('BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ')
    const today = units2025.units.find((unit) => unit.id === 'xa-vu-ban')
    expect(today?.authorityName).toBe('UBND XÃ VỤ BẢN')
    expect(today?.deskName).toBe('TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG')
    for (const unit of all) expect(unit.authorityName).toBe(`UBND ${unit.name.toUpperCase()}`)
  })

  it('has no district above a commune today', () => {
    expect(units2025.units.some((unit) => unit.kind === 'district')).toBe(false)
    expect(units2025.upperTierLabel).toBe('tỉnh')
    expect(units2022.upperTierLabel).toBe('huyện')
  })
})

describe('demonstration staff', () => {
  const sets = [
    { year: '2022', staff: staff2022, directory: units2022, on: '2022-08-17' },
    { year: '2025', staff: staff2025, directory: units2025, on: '2026-11-23' },
  ]

  it.each(sets)('$year: every commune has somebody to receive and somebody to sign', ({ staff, directory, on }) => {
    for (const unit of communesOn(directory, on)) {
      const roles = staff.filter((member) => member.unitId === unit.id).map((member) => member.role)
      expect(roles, unit.id).toContain('reception')
      expect(roles, unit.id).toContain('leader')
    }
  })

  it.each(sets)('$year: ids and names are unique, units are of the day', ({ staff, directory, on }) => {
    const ids = new Set(communesOn(directory, on).map((unit) => unit.id))
    expect(new Set(staff.map((member) => member.id)).size).toBe(staff.length)
    expect(new Set(staff.map((member) => member.name)).size).toBe(staff.length)
    expect(staff.filter((member) => !ids.has(member.unitId))).toEqual([])
  })

  it('seats the four people of Gôi', () => {
    expect(staff2022.filter(({ unitId }) => unitId === 'goi').map(({ name, role }) => `${name}: ${role}`)).toEqual([
      'Phạm Thị Hạnh: reception',
      'Trần Thị Mai: reception',
      'Nguyễn Quang Bình: specialist',
      'Hoàng Văn Sơn: leader',
    ])
  })
})
