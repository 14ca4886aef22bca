import { describe, expect, it } from 'vitest'
import {
  dateInWords,
  deskInWords,
  groupedThousands,
  momentInWords,
  placeOf,
} from '../../../../../shared/law/papers/paper-words.ts'
import { processingInWords } from '../../../../../shared/law/papers/processing-words.ts'
import { sampleUnit } from '../../../../harness/sample-dossiers.ts'

describe('words of papers', () => {
  it('says moments by the Vietnamese clock, with the weekday', () => {
    expect(momentInWords('2022-08-17T01:05:00.000Z')).toBe('08 giờ 05 phút, thứ Tư, ngày 17/08/2022')
    expect(momentInWords('2022-08-20T17:00:00.000Z')).toBe('00 giờ 00 phút, Chủ nhật, ngày 21/08/2022')
  })

  it('pads days below 10 and months 1 and 2 in a dated line', () => {
    expect(dateInWords('2022-02-05')).toBe('ngày 05 tháng 02 năm 2022')
    expect(dateInWords('2022-08-17')).toBe('ngày 17 tháng 8 năm 2022')
    expect(dateInWords('2022-12-01')).toBe('ngày 01 tháng 12 năm 2022')
  })

  it('groups thousands', () => {
    expect([0, 999, 16000, 1234567].map(groupedThousands)).toEqual(['0', '999', '16.000', '1.234.567'])
  })

  it('names the place and the desk', () => {
    const goi = sampleUnit('goi')
    expect(placeOf(goi)).toBe('Gôi')
    expect(deskInWords(goi)).toBe('Bộ phận tiếp nhận và trả kết quả thị trấn Gôi')
    const named = { ...sampleUnit('xa-vu-ban'), deskName: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ VỤ BẢN' }
    expect(deskInWords(named)).toBe('Trung tâm phục vụ hành chính công xã Vụ Bản')
  })

  it('says processing times from the rule', () => {
    const said = [
      { rule: 'same-day', cutoff: '15:00' },
      { rule: 'working-days', days: 3 },
      { rule: 'working-days', days: 0.5 },
      { rule: 'working-days', days: 2.5 },
      { rule: 'calendar-days', days: 15 },
      { rule: 'working-hours', hours: 2 },
      {
        rule: 'staged',
        stages: [
          { name: 'xã', days: 10 },
          { name: 'huyện', days: 10 },
        ],
      },
      { rule: 'entered' },
    ] as const
    expect(said.map((processing) => processingInWords({ ...processing } as never))).toEqual([
      'trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo',
      '03 ngày làm việc',
      'nửa ngày làm việc',
      '2,5 ngày làm việc',
      '15 ngày',
      '02 giờ làm việc',
      '20 ngày làm việc',
      'theo ngày hẹn trả ghi dưới đây',
    ])
  })
})
