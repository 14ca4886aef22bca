import { z } from 'zod'
import { clockTimeSchema, isoDateSchema } from '../core/schemas.ts'

/** A day that differs from its weekday (Bộ luật Lao động 2019 Điều 111–112 and the yearly decisions of the Prime Minister). */
export const calendarDaySchema = z.object({
  date: isoDateSchema,
  /** On a `half-day` only the morning is worked; a `make-up-work` day is a rest day worked in exchange for another. */
  kind: z.enum(['holiday', 'compensatory-off', 'make-up-work', 'agency-closure', 'half-day']),
  name: z.string(),
  /** False when the day was not confirmed by a decision or a published notice; a due date counted over it says so. */
  verified: z.boolean(),
})
export type CalendarDay = z.infer<typeof calendarDaySchema>

const session = z.object({ from: clockTimeSchema, to: clockTimeSchema })

/** The working calendar: data with make-up days and closures, never computed on the desk. */
export const workingCalendarSchema = z.object({
  version: z.int().min(1),
  days: z.array(calendarDaySchema),
  /** Years whose table is complete; beyond them a due date is marked unverified. */
  coveredYears: z.array(z.int()),
  hours: z.object({ morning: session, afternoon: session }),
})
export type WorkingCalendar = z.infer<typeof workingCalendarSchema>
