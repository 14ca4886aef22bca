import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockTimeOf, dateOf, instantAt, instantOf, unixMsOf } from '../../../../shared/core/time.ts'
import { dueDate } from '../../../../shared/domain/due-date.ts'
import type { ProcessingTime } from '../../../../shared/law/procedure.ts'
import { sessionsOn } from '../../../../shared/law/working-calendar.ts'
import { calendar, procedure } from '../law/data/reference-data.ts'

const sameDay: ProcessingTime = { rule: 'same-day', cutoff: '15:00' }
const workingDays = (days: number): ProcessingTime => ({ rule: 'working-days', days })
const calendarDays = (days: number): ProcessingTime => ({ rule: 'calendar-days', days })
const workingHours = (hours: number): ProcessingTime => ({ rule: 'working-hours', hours })
const staged = (...days: number[]): ProcessingTime => ({
  rule: 'staged',
  stages: days.map((count, index) => ({ name: `bước ${index + 1}`, days: count })),
})

function received(text: string): string {
  const [date = '', time = ''] = text.split(' ')
  return instantAt(date, time)
}

function due(at: string, processing: ProcessingTime): string {
  const answer = dueDate(received(at), processing, calendar)
  if (answer.kind === 'entered') return 'entered'
  return `${dateOf(answer.dueAt)} ${clockTimeOf(answer.dueAt)} from ${answer.countedFrom}`
}

describe('due date', () => {
  it.each<[string, ProcessingTime, string, string]>([
    // Wednesday 17/08/2022
    ['2022-08-17 08:00', sameDay, '2022-08-17 17:00 from 2022-08-17', 'same day, in the morning'],
    ['2022-08-17 14:59', sameDay, '2022-08-17 17:00 from 2022-08-17', 'same day, just before the cut-off'],
    ['2022-08-17 15:00', sameDay, '2022-08-18 17:00 from 2022-08-18', 'same day, at the cut-off'],
    ['2022-08-17 06:30', sameDay, '2022-08-17 17:00 from 2022-08-17', 'same day, before opening'],
    ['2022-08-17 12:10', sameDay, '2022-08-17 17:00 from 2022-08-17', 'same day, at lunch'],
    ['2022-08-17 18:00', sameDay, '2022-08-18 17:00 from 2022-08-18', 'same day, after closing'],
    ['2022-08-19 15:20', sameDay, '2022-08-22 17:00 from 2022-08-22', 'same day, late on Friday'],
    ['2022-08-20 09:00', sameDay, '2022-08-22 17:00 from 2022-08-22', 'same day, on Saturday'],
    ['2022-08-31 16:00', sameDay, '2022-09-05 17:00 from 2022-09-05', 'same day, before Quốc khánh'],
    ['2026-11-23 15:20', sameDay, '2026-11-25 17:00 from 2026-11-25', 'same day, before 24/11/2026'],
    ['2022-08-17 08:00', workingDays(1), '2022-08-18 17:00 from 2022-08-17', 'one working day'],
    ['2022-08-17 16:30', workingDays(3), '2022-08-22 17:00 from 2022-08-17', 'three, over a weekend; no cut-off'],
    ['2022-08-17 17:00', workingDays(3), '2022-08-23 17:00 from 2022-08-18', 'three, handed in at closing'],
    ['2022-08-30 10:00', workingDays(3), '2022-09-06 17:00 from 2022-08-30', 'three, over Quốc khánh'],
    ['2024-04-26 10:00', workingDays(3), '2024-05-04 17:00 from 2024-04-26', 'three, ending on a make-up Saturday'],
    ['2022-01-28 10:00', workingDays(2), '2022-02-08 17:00 from 2022-01-28', 'two, over Tết'],
    ['2022-08-17 08:00', workingDays(0.5), '2022-08-17 17:00 from 2022-08-17', 'half a day, from the morning'],
    ['2022-08-17 14:00', workingDays(0.5), '2022-08-18 11:30 from 2022-08-17', 'half a day, from the afternoon'],
    ['2022-08-17 08:00', workingDays(1.5), '2022-08-19 11:30 from 2022-08-17', 'one day and a half'],
    ['2022-08-17 08:00', calendarDays(15), '2022-09-05 17:00 from 2022-08-17', '15 days, ending on 1/9, rolled on'],
    ['2022-08-17 08:00', calendarDays(5), '2022-08-22 17:00 from 2022-08-17', '5 days, ending on a Monday'],
    ['2022-08-17 08:00', workingHours(1), '2022-08-17 09:00 from 2022-08-17', 'one hour'],
    ['2022-08-17 11:00', workingHours(1), '2022-08-17 14:00 from 2022-08-17', 'one hour, over lunch'],
    ['2022-08-17 10:30', workingHours(1), '2022-08-17 11:30 from 2022-08-17', 'one hour, to the minute of noon'],
    ['2022-08-19 16:30', workingHours(1), '2022-08-22 07:30 from 2022-08-19', 'one hour, over a weekend'],
    ['2022-08-17 07:00', workingHours(8), '2022-08-17 17:00 from 2022-08-17', 'eight hours are a day'],
    [
      '2022-08-17 08:00',
      staged(7, 3, 7, 3),
      '2022-09-16 17:00 from 2022-08-17',
      'social assistance of 2022: 7 + 3 + 7 + 3',
    ],
    ['2022-08-17 08:00', { rule: 'entered' }, 'entered', 'unknown: the officer enters it'],
  ])('%s, %o → %s (%s)', (at, processing, expected) => {
    expect(due(at, processing)).toBe(expected)
  })

  it('of the busiest procedures on the day of the tour', () => {
    const rows = ['1.001193', '1.004873', '2.000815', '1.000656', '2.000635'].map(
      (code) => `${code} ${due('2022-08-17 08:00', procedure(code).processing)}`,
    )
    expect(rows).toEqual([
      '1.001193 2022-08-17 17:00 from 2022-08-17',
      '1.004873 2022-08-22 17:00 from 2022-08-17',
      '2.000815 2022-08-17 17:00 from 2022-08-17',
      '1.000656 2022-08-17 17:00 from 2022-08-17',
      '2.000635 2022-08-17 17:00 from 2022-08-17',
    ])
  })

  it.each<[string, ProcessingTime, boolean, string]>([
    ['2022-08-17 08:00', workingDays(3), true, 'a year with a complete table'],
    ['2026-12-30 08:00', workingDays(3), false, 'runs into 2027, whose table is not known'],
    ['2027-03-01 08:00', sameDay, false, 'received in 2027'],
    ['2025-12-31 08:00', workingDays(3), false, 'passes 02/01/2026, a swap nobody confirmed'],
    ['2026-01-05 08:00', workingDays(3), true, 'begins after the swap and ends before its make-up day'],
  ])('received %s, %o: verified is %s (%s)', (at, processing, verified) => {
    expect(dueDate(received(at), processing, calendar)).toMatchObject({ verified })
  })
})

describe('due date, always', () => {
  const moment = fc
    .integer({ min: unixMsOf('2022-01-01T00:00:00.000Z'), max: unixMsOf('2026-11-30T00:00:00.000Z') })
    .map(instantOf)
  const halfDays = fc.integer({ min: 1, max: 60 }).map((halves) => halves / 2)
  const processing: fc.Arbitrary<ProcessingTime> = fc.oneof(
    fc.constant(sameDay),
    halfDays.map(workingDays),
    fc.integer({ min: 1, max: 90 }).map(calendarDays),
    fc.integer({ min: 1, max: 80 }).map(workingHours),
    fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 4 }).map((days) => staged(...days)),
  )
  const dueAt = (at: string, rule: ProcessingTime) => {
    const answer = dueDate(at, rule, calendar)
    if (answer.kind === 'entered') throw new Error('not computed')
    return answer
  }

  it('falls in office hours, closing included', () => {
    fc.assert(
      fc.property(moment, processing, (at, rule) => {
        const { dueAt: end, dueOn } = dueAt(at, rule)
        const clock = clockTimeOf(end)
        const sessions = sessionsOn(calendar, dueOn)
        expect(sessions.some((session) => session.from <= clock && clock <= session.to)).toBe(true)
      }),
    )
  })

  it('is never before receipt, nor before the day it is counted from', () => {
    fc.assert(
      fc.property(moment, processing, (at, rule) => {
        const { dueAt: end, dueOn, countedFrom } = dueAt(at, rule)
        expect(end >= at).toBe(true)
        expect(dateOf(at) <= countedFrom && countedFrom <= dueOn).toBe(true)
      }),
    )
  })

  it('does not come earlier when the dossier comes later', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 20 * 86_400_000 }), processing, (at, delayMs, rule) => {
        const later = instantOf(unixMsOf(at) + delayMs)
        expect(dueAt(later, rule).dueAt >= dueAt(at, rule).dueAt).toBe(true)
      }),
    )
  })

  it('does not come earlier when the law gives more time', () => {
    fc.assert(
      fc.property(moment, halfDays, fc.integer({ min: 1, max: 40 }), (at, days, count) => {
        expect(dueAt(at, workingDays(days + 0.5)).dueAt >= dueAt(at, workingDays(days)).dueAt).toBe(true)
        expect(dueAt(at, calendarDays(count + 1)).dueAt >= dueAt(at, calendarDays(count)).dueAt).toBe(true)
        expect(dueAt(at, workingHours(count + 1)).dueAt > dueAt(at, workingHours(count)).dueAt).toBe(true)
      }),
    )
  })

  it('is the same for stages as for their days together', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), (at, first, second) => {
        expect(dueAt(at, staged(first, second)).dueAt).toBe(dueAt(at, workingDays(first + second)).dueAt)
      }),
    )
  })
})
