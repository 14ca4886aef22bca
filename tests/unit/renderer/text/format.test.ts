import { expect, test } from 'vitest'
import { describeFailure } from '../../../../renderer/text/describe-refusal.ts'
import {
  dueWords,
  formatBytes,
  formatCount,
  formatLongDay,
  formatMoney,
  formatPersonalId,
  formatWhen,
  maskPersonalId,
} from '../../../../renderer/text/format.ts'
import { instantAt } from '../../../../shared/core/time.ts'

const now = instantAt('2022-08-17', '09:47')

test.each([
  ['2022-08-15', '17:00', 'Quá hạn 2 ngày', 'red'],
  ['2022-08-17', '08:30', 'Quá hạn từ 08:30', 'red'],
  ['2022-08-17', '16:30', 'Hôm nay, 16:30', 'gold'],
  ['2022-08-18', '11:30', 'Ngày mai', 'plain'],
  ['2022-08-20', '17:00', 'Còn 3 ngày', 'plain'],
])('due %s %s reads "%s"', (day, time, text, tone) => {
  expect(dueWords(instantAt(day, time), now)).toEqual({ text, tone })
})

test('moments, days, amounts as people here write them', () => {
  expect(formatWhen(instantAt('2022-08-17', '09:12'), now)).toBe('Hôm nay, 09:12')
  expect(formatWhen(instantAt('2022-08-16', '16:40'), now)).toBe('16/08, 16:40')
  expect(formatWhen(instantAt('2021-12-31', '08:00'), now)).toBe('31/12/2021, 08:00')
  expect(formatLongDay('2022-08-17')).toBe('thứ Tư 17/08/2022')
  expect(formatMoney(8000)).toBe('8.000\u00a0đ')
  expect(formatCount(10_000)).toBe('10.000')
  expect([412, 2_940, 640_000, 3_100_000].map(formatBytes)).toEqual(['412 B', '2,9 KB', '0,6 MB', '3,1 MB'])
})

test('identity numbers are grouped in full and masked in lists (R25)', () => {
  expect(formatPersonalId('036085004217')).toBe('036 085 004 217')
  expect(maskPersonalId('036085004217')).toBe('••• ••• ••4 217')
  expect(maskPersonalId('123')).toBe('123')
})

test('a failure has a title and an action, with its values filled in', () => {
  expect(describeFailure({ code: 'session/wrong-code', triesLeft: 3 })).toEqual({
    title: 'Mã đăng nhập không đúng.',
    action: 'Còn 3 lần thử.',
  })
  const { title, action } = describeFailure({ code: 'number/lane-expired', validUntil: '2022-12-31' })
  expect(`${title} ${action}`).toContain('31/12/2022')
  expect(`${title} ${action}`).not.toContain('{{')
})
