import { invariant } from '../core/assert.ts'
import {
  addDays,
  type ClockTime,
  clockTimeOf,
  dateOf,
  type Instant,
  type IsoDate,
  instantAt,
  weekdayOf,
} from '../core/time.ts'
import type { CalendarDay, WorkingCalendar } from './calendar.ts'

/** A stretch of office hours: open from `from`, closed at `to`. */
export interface Session {
  readonly from: ClockTime
  readonly to: ClockTime
}

/** Longer than any closure that can be meant; a calendar beyond it is broken. */
const longestClosureDays = 366

const indexes = new WeakMap<WorkingCalendar, ReadonlyMap<IsoDate, CalendarDay>>()

/** What the calendar says about a day, if it says anything. */
export function findCalendarDay(calendar: WorkingCalendar, date: IsoDate): CalendarDay | undefined {
  let index = indexes.get(calendar)
  if (!index) {
    index = new Map(calendar.days.map((day) => [day.date, day]))
    indexes.set(calendar, index)
  }
  return index.get(date)
}

/** The sessions worked on a day, in order; none on a day off. On a `half-day` only the morning is worked. */
export function sessionsOn(calendar: WorkingCalendar, date: IsoDate): readonly Session[] {
  const { morning, afternoon } = calendar.hours
  switch (findCalendarDay(calendar, date)?.kind) {
    case 'holiday':
    case 'compensatory-off':
    case 'agency-closure':
      return []
    case 'half-day':
      return [morning]
    case 'make-up-work':
      return [morning, afternoon]
    case undefined: {
      const weekday = weekdayOf(date)
      return weekday === 0 || weekday === 6 ? [] : [morning, afternoon]
    }
  }
}

/** Monday to Friday or a make-up day, minus holidays, days in lieu and closures. */
export function isWorkingDay(calendar: WorkingCalendar, date: IsoDate): boolean {
  return sessionsOn(calendar, date).length > 0
}

/** The first working day from `date` on, `date` included. */
export function sameOrNextWorkingDay(calendar: WorkingCalendar, date: IsoDate): IsoDate {
  let day = date
  for (let step = 0; step <= longestClosureDays; step += 1) {
    if (isWorkingDay(calendar, day)) return day
    day = addDays(day, 1)
  }
  invariant(false, `no working day within ${longestClosureDays} days after ${date}`)
}

/** Asked for again and again where due dates are reckoned by the thousand; no more entries than there are days. */
const nextDays = new WeakMap<WorkingCalendar, Map<IsoDate, IsoDate>>()

/** The first working day after `date`. */
export function nextWorkingDay(calendar: WorkingCalendar, date: IsoDate): IsoDate {
  const known = nextDays.get(calendar) ?? new Map<IsoDate, IsoDate>()
  nextDays.set(calendar, known)
  const next = known.get(date) ?? sameOrNextWorkingDay(calendar, addDays(date, 1))
  known.set(date, next)
  return next
}

/** The `days`-th working day after `date`; `date` itself is day 0 and need not be a working day. */
export function addWorkingDays(calendar: WorkingCalendar, date: IsoDate, days: number): IsoDate {
  let day = date
  for (let step = 0; step < days; step += 1) day = nextWorkingDay(calendar, day)
  return day
}

/** When the office closes on a working day. */
export function closingOf(calendar: WorkingCalendar, workingDay: IsoDate): Instant {
  const last = sessionsOn(calendar, workingDay).at(-1)
  invariant(last, `${workingDay} is not a working day`)
  return instantAt(workingDay, last.to)
}

/**
 * The moment itself in office hours, otherwise the next opening: before opening the same morning, at lunch the
 * afternoon, after closing and on days off the next working day.
 */
export function nextWorkingMoment(calendar: WorkingCalendar, moment: Instant): Instant {
  const date = dateOf(moment)
  const clock = clockTimeOf(moment)
  const open = sessionsOn(calendar, date).find((session) => clock < session.to)
  if (open) return clock < open.from ? instantAt(date, open.from) : moment
  const nextDay = nextWorkingDay(calendar, date)
  const first = sessionsOn(calendar, nextDay)[0]
  invariant(first, `${nextDay} is not a working day`)
  return instantAt(nextDay, first.from)
}

/** True when the calendar's table of that year is complete. */
export function isCovered(calendar: WorkingCalendar, date: IsoDate): boolean {
  return calendar.coveredYears.includes(Number(date.slice(0, 4)))
}

/** True when every day from `from` to `to` lies in a complete year and none rests on an unverified entry. */
export function isVerifiedSpan(calendar: WorkingCalendar, from: IsoDate, to: IsoDate): boolean {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    if (!calendar.coveredYears.includes(year)) return false
  }
  return !calendar.days.some((day) => !day.verified && from <= day.date && day.date <= to)
}

/** The decision on the coming year's holidays is usually out by now, and due dates begin to reach into it. */
const nextYearFrom = '10-01'

/** The year whose table is wanted and not there: this one, and from 1 October on the next. */
export function findMissingYear(calendar: WorkingCalendar, today: IsoDate): number | undefined {
  const year = Number(today.slice(0, 4))
  const wanted = today.slice(5) >= nextYearFrom ? [year, year + 1] : [year]
  return wanted.find((one) => !calendar.coveredYears.includes(one))
}
