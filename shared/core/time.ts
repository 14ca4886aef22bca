/** A moment as UTC text with milliseconds, `2022-08-17T01:00:00.000Z`: sorts as it reads. */
export type Instant = string
/** A calendar day in Viet Nam, `2022-08-17`. */
export type IsoDate = string
/** A clock time in Viet Nam, `15:00`. */
export type ClockTime = string

/** Viet Nam keeps UTC+7 all year, since 1975. */
const VIET_NAM_OFFSET_HOURS = 7
const VIET_NAM_OFFSET_MS = VIET_NAM_OFFSET_HOURS * 3_600_000
const DAY_MS = 86_400_000

export function instantOf(unixMs: number): Instant {
  return new Date(unixMs).toISOString()
}

export function unixMsOf(instant: Instant): number {
  return Date.parse(instant)
}

const instantShape =
  /^(?:19\d\d|2[01]\d\d|2200)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/** A moment that exists and that work here can meet: 1900 to 2200. Reckoning from any other would break off. */
export function isRealInstant(text: string): boolean {
  // Every month has 28 days; only for the days behind them the calendar is asked.
  return instantShape.test(text) && (text.slice(8, 10) <= '28' || instantOf(unixMsOf(text)) === text)
}

export function isRealDate(text: string): boolean {
  return isRealInstant(`${text}T00:00:00.000Z`)
}

/** The Vietnamese calendar day on which a moment falls. */
export function dateOf(instant: Instant): IsoDate {
  const date = instant.slice(0, 10)
  return hourOf(instant) + VIET_NAM_OFFSET_HOURS < 24 ? date : addDays(date, 1)
}

/** The Vietnamese clock time of a moment, to the minute. */
export function clockTimeOf(instant: Instant): ClockTime {
  const hour = (hourOf(instant) + VIET_NAM_OFFSET_HOURS) % 24
  return `${String(hour).padStart(2, '0')}${instant.slice(13, 16)}`
}

/** In UTC, from the text: due dates are reckoned by the thousand, and a `Date` and back costs most of it. */
function hourOf(instant: Instant): number {
  return Number(instant.slice(11, 13))
}

/** The moment at which a Vietnamese clock shows `time` on `date`. */
export function instantAt(date: IsoDate, time: ClockTime): Instant {
  return instantOf(Date.parse(`${date}T${time}:00.000Z`) - VIET_NAM_OFFSET_MS)
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return instantOf(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).slice(0, 10)
}

/** Whole calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS)
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(date: IsoDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay()
}
