import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockTimeOf, dateOf, instantAt, instantOf } from '../../../../shared/core/time.ts'

const vietNam = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
})

test('day and clock time are those of Viet Nam, and lead back to the moment’s minute', () => {
  const moments = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2199, 11, 31) })
  fc.assert(
    fc.property(moments, (unixMs) => {
      const instant = instantOf(unixMs)
      const [date, time] = [dateOf(instant), clockTimeOf(instant)]
      expect(`${date} ${time}`).toBe(vietNam.format(unixMs))
      expect(instantAt(date, time)).toBe(instantOf(Math.floor(unixMs / 60_000) * 60_000))
    }),
  )
})
