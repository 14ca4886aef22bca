import { assertNever, invariant } from '../core/assert.ts'
import {
  addDays,
  clockTimeOf,
  dateOf,
  type Instant,
  type IsoDate,
  instantAt,
  instantOf,
  unixMsOf,
} from '../core/time.ts'
import type { WorkingCalendar } from '../law/calendar.ts'
import type { ProcessingTime } from '../law/procedure.ts'
import {
  addWorkingDays,
  closingOf,
  isVerifiedSpan,
  nextWorkingDay,
  nextWorkingMoment,
  sameOrNextWorkingDay,
  sessionsOn,
} from '../law/working-calendar.ts'

/** A processing time the app can count. */
type KnownTime = Exclude<ProcessingTime, { rule: 'entered' }>

/** A due date the app worked out. */
export interface ComputedDueDate {
  readonly kind: 'computed'
  readonly dueAt: Instant
  readonly dueOn: IsoDate
  /** Day 0: the working day from which the time is counted. */
  readonly countedFrom: IsoDate
  /** False when a year between receipt and due date has no complete calendar, or an entry of it is not verified. */
  readonly verified: boolean
  readonly rule: KnownTime['rule']
}

/** `entered`: the law's time is not known here, so the officer enters the date and it is marked so. */
export type DueDate = ComputedDueDate | { readonly kind: 'entered' }

/**
 * When the result of a dossier is due.
 *
 * 1. What comes in outside office hours counts from the next opening.
 * 2. Same day: at closing of day 0; from the cut-off on, of the next working day
 *    (Luật Hộ tịch 60/2014/QH13 Điều 5 k3, NĐ 23/2015/NĐ-CP Điều 7).
 * 3. n working days: at closing of the n-th working day after day 0. Half a day is one session.
 * 4. n days of the calendar: at closing of the n-th day, rolled on when it is a day off (BLDS 2015 Điều 148 k5).
 * 5. Working hours run only in sessions.
 * 6. Stages: their days together, as working days.
 */
export function dueDate(receivedAt: Instant, processing: KnownTime, calendar: WorkingCalendar): ComputedDueDate
export function dueDate(receivedAt: Instant, processing: ProcessingTime, calendar: WorkingCalendar): DueDate
export function dueDate(receivedAt: Instant, processing: ProcessingTime, calendar: WorkingCalendar): DueDate {
  if (processing.rule === 'entered') return { kind: 'entered' }
  const start = nextWorkingMoment(calendar, receivedAt)
  const countedFrom = dayZero(start, processing, calendar)
  const dueAt = dueMoment(start, countedFrom, processing, calendar)
  const dueOn = dateOf(dueAt)
  const verified = isVerifiedSpan(calendar, dateOf(receivedAt), dueOn)
  return { kind: 'computed', dueAt, dueOn, countedFrom, verified, rule: processing.rule }
}

function dayZero(start: Instant, processing: KnownTime, calendar: WorkingCalendar): IsoDate {
  const day = dateOf(start)
  const late = processing.rule === 'same-day' && clockTimeOf(start) >= processing.cutoff
  return late ? nextWorkingDay(calendar, day) : day
}

function dueMoment(start: Instant, day: IsoDate, processing: KnownTime, calendar: WorkingCalendar): Instant {
  switch (processing.rule) {
    case 'same-day':
      return closingOf(calendar, day)
    case 'working-days':
      return afterWorkingDays(start, day, processing.days, calendar)
    case 'calendar-days':
      return closingOf(calendar, sameOrNextWorkingDay(calendar, addDays(day, processing.days)))
    case 'working-hours':
      return afterWorkingHours(start, processing.hours, calendar)
    case 'staged': {
      const days = processing.stages.reduce((sum, stage) => sum + stage.days, 0)
      return closingOf(calendar, addWorkingDays(calendar, day, days))
    }
    default:
      return assertNever(processing)
  }
}

function afterWorkingDays(start: Instant, day: IsoDate, days: number, calendar: WorkingCalendar): Instant {
  const whole = Math.floor(days)
  if (whole === days) return closingOf(calendar, addWorkingDays(calendar, day, whole))
  if (whole > 0) return endOfFirstSession(calendar, addWorkingDays(calendar, day, whole + 1))
  const later = sessionsOn(calendar, day).find((session) => clockTimeOf(start) < session.from)
  return later ? instantAt(day, later.to) : endOfFirstSession(calendar, nextWorkingDay(calendar, day))
}

function endOfFirstSession(calendar: WorkingCalendar, workingDay: IsoDate): Instant {
  const first = sessionsOn(calendar, workingDay)[0]
  invariant(first, `${workingDay} is not a working day`)
  return instantAt(workingDay, first.to)
}

function afterWorkingHours(start: Instant, hours: number, calendar: WorkingCalendar): Instant {
  let leftMs = hours * 3_600_000
  let from = start
  for (;;) {
    const day = dateOf(from)
    const session = sessionsOn(calendar, day).find(({ to }) => clockTimeOf(from) < to)
    invariant(session, `${from} is not in office hours`)
    const end = instantAt(day, session.to)
    const sessionMs = unixMsOf(end) - unixMsOf(from)
    if (leftMs <= sessionMs) return instantOf(unixMsOf(from) + leftMs)
    leftMs -= sessionMs
    from = nextWorkingMoment(calendar, end)
  }
}
