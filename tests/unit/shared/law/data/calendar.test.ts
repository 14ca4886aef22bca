import { describe, expect, it } from 'vitest'
import { weekdayOf } from '../../../../../shared/core/time.ts'
import { isWorkingDay } from '../../../../../shared/law/working-calendar.ts'
import { calendar } from './reference-data.ts'

/** Working days of each year, counted by hand from the table of days off: Monday to Friday − days off + make-up days. */
const workingDays = [
  { year: 2022, days: 260 - 11 },
  { year: 2023, days: 260 - 11 },
  { year: 2024, days: 262 - 12 + 1 },
  { year: 2025, days: 261 - 12 + 1 },
  { year: 2026, days: 261 - 14 + 2 },
]

describe('the working calendar that ships', () => {
  it('covers 2022 to 2026, one entry a day, in order', () => {
    const dates = calendar.days.map((day) => day.date)
    expect(calendar.coveredYears).toEqual([2022, 2023, 2024, 2025, 2026])
    expect(dates).toEqual([...new Set(dates)].sort())
    expect(dates.every((date) => calendar.coveredYears.includes(Number(date.slice(0, 4))))).toBe(true)
  })

  it('puts make-up work on rest days only and days off on weekdays only', () => {
    for (const day of calendar.days) {
      const weekend = [0, 6].includes(weekdayOf(day.date))
      expect(weekend, `${day.date} ${day.kind}`).toBe(day.kind === 'make-up-work')
    }
  })

  it.each(workingDays)('$year has $days working days', ({ year, days }) => {
    const start = Date.UTC(year, 0, 1)
    const dates = Array.from({ length: 366 }, (_, index) =>
      new Date(start + index * 86_400_000).toISOString().slice(0, 10),
    )
    const worked = dates.filter((date) => date.startsWith(String(year)) && isWorkingDay(calendar, date))
    expect(worked).toHaveLength(days)
  })

  it.each([
    ['2026-11-24', false],
    ['2026-11-23', true],
    ['2024-05-04', true],
    ['2024-04-29', false],
    ['2025-04-26', true],
    ['2026-08-22', true],
    ['2022-08-20', false],
  ])('%s: working day %s', (date, expected) => {
    expect(isWorkingDay(calendar, date)).toBe(expected)
  })

  it('marks what was not confirmed', () => {
    expect(calendar.days.filter((day) => !day.verified).map((day) => day.date)).toEqual(['2026-01-02', '2026-01-10'])
  })
})
