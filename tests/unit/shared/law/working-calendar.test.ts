import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, clockTimeOf, dateOf, instantAt } from '../../../../shared/core/time.ts'
import type { WorkingCalendar } from '../../../../shared/law/calendar.ts'
import {
  addWorkingDays,
  closingOf,
  findMissingYear,
  isCovered,
  isVerifiedSpan,
  isWorkingDay,
  nextWorkingDay,
  nextWorkingMoment,
  sessionsOn,
} from '../../../../shared/law/working-calendar.ts'
import { calendar } from './data/reference-data.ts'

const day = (date: string, kind: WorkingCalendar['days'][number]['kind']) => ({
  date,
  kind,
  name: kind,
  verified: true,
})

/** A week of August 2022 with one day of every kind. */
const strange: WorkingCalendar = {
  ...calendar,
  days: [
    day('2022-08-15', 'holiday'),
    day('2022-08-16', 'compensatory-off'),
    day('2022-08-17', 'half-day'),
    day('2022-08-18', 'agency-closure'),
    day('2022-08-20', 'make-up-work'),
  ],
}

function local(moment: string): string {
  return `${dateOf(moment)} ${clockTimeOf(moment)}`
}

describe('the working calendar', () => {
  it.each([
    ['2022-08-12', 2, 'Friday'],
    ['2022-08-13', 0, 'Saturday'],
    ['2022-08-14', 0, 'Sunday'],
    ['2022-08-15', 0, 'holiday'],
    ['2022-08-16', 0, 'day in lieu'],
    ['2022-08-17', 1, 'half day'],
    ['2022-08-18', 0, 'closure'],
    ['2022-08-20', 2, 'make-up Saturday'],
  ])('%s has %i sessions (%s)', (date, sessions) => {
    expect(sessionsOn(strange, date)).toHaveLength(sessions)
    expect(isWorkingDay(strange, date)).toBe(sessions > 0)
  })

  it('closes at noon on a half day', () => {
    expect(local(closingOf(strange, '2022-08-17'))).toBe('2022-08-17 11:30')
    expect(local(nextWorkingMoment(strange, instantAt('2022-08-17', '14:00')))).toBe('2022-08-19 07:00')
  })

  it('steps over days off', () => {
    expect(nextWorkingDay(strange, '2022-08-12')).toBe('2022-08-17')
    expect(addWorkingDays(strange, '2022-08-12', 3)).toBe('2022-08-20')
    expect(addWorkingDays(strange, '2022-08-12', 0)).toBe('2022-08-12')
  })

  it.each([
    ['2022-08-17 06:10', '2022-08-17 07:00', 'before opening'],
    ['2022-08-17 07:00', '2022-08-17 07:00', 'at opening'],
    ['2022-08-17 09:47', '2022-08-17 09:47', 'in office hours'],
    ['2022-08-17 11:30', '2022-08-17 13:30', 'at noon'],
    ['2022-08-17 12:15', '2022-08-17 13:30', 'at lunch'],
    ['2022-08-17 17:00', '2022-08-18 07:00', 'at closing'],
    ['2022-08-19 19:00', '2022-08-22 07:00', 'on Friday evening'],
    ['2022-08-21 10:00', '2022-08-22 07:00', 'on Sunday'],
    ['2022-08-31 17:30', '2022-09-05 07:00', 'before a long holiday'],
  ])('%s counts from %s (%s)', (moment, expected) => {
    const [date = '', time = ''] = moment.split(' ')
    expect(local(nextWorkingMoment(calendar, instantAt(date, time)))).toBe(expected)
  })

  it('says when it does not know', () => {
    expect(isCovered(calendar, '2026-12-31')).toBe(true)
    expect(isCovered(calendar, '2027-01-04')).toBe(false)
    expect(isVerifiedSpan(calendar, '2026-12-30', '2027-01-04')).toBe(false)
    expect(isVerifiedSpan(calendar, '2025-12-31', '2026-01-05')).toBe(false)
    expect(isVerifiedSpan(calendar, '2026-11-23', '2026-11-25')).toBe(true)
  })

  it('throws rather than search for ever when the office never opens', () => {
    const days = Array.from({ length: 900 }, (_, index) => day(addDays('2022-01-01', index), 'agency-closure'))
    expect(() => nextWorkingDay({ ...calendar, days }, '2022-01-01')).toThrow('no working day')
  })

  it('adds working days one after another', () => {
    const date = fc.integer({ min: 0, max: 1800 }).map((offset) => addDays('2022-01-01', offset))
    const count = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(date, count, count, (from, first, second) => {
        const both = addWorkingDays(calendar, from, first + second)
        expect(both).toBe(addWorkingDays(calendar, addWorkingDays(calendar, from, first), second))
      }),
    )
  })

  it.each([
    ['2026-09-30', undefined],
    ['2026-10-01', 2027],
    ['2026-12-31', 2027],
    ['2027-03-01', 2027],
    ['2025-12-31', undefined],
  ])('on %s the missing table is that of %s', (today, year) => {
    expect(findMissingYear(calendar, today)).toBe(year)
  })
})
