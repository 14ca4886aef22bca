import { err, ok, type Result } from './result.ts'

/** A civil-status date as EDTF (ISO 8601-2): `1987-09-03`, `1987-09` or `1952`. Old papers often know only the year. */
export type PartialDate = string

export type PartialDateError =
  | { readonly code: 'date/unreadable' }
  | { readonly code: 'date/short-year' }
  | { readonly code: 'date/year-out-of-range'; readonly year: number }
  | { readonly code: 'date/no-such-month'; readonly month: number }
  | { readonly code: 'date/no-such-day'; readonly month: number; readonly year: number; readonly days: number }

/**
 * Reads a typed date: `03091987`, `3/9/1987`, `3.9.1987`, `09/1987` or `1950`. Never guesses a century or a part.
 * Empty text is an empty date.
 */
export function parsePartialDate(typed: string): Result<PartialDate | '', PartialDateError> {
  const text = typed.trim().replace(/[.\-\s]+/g, '/')
  if (text === '') return ok('')
  if (/^\d{6}$/.test(text) || /^\d{1,2}\/\d{1,2}\/\d{2}$/.test(text)) return err({ code: 'date/short-year' })
  const parts = splitParts(text)
  if (!parts) return err({ code: 'date/unreadable' })
  const { day, month, year } = parts
  if (year < 1890 || year > 2100) return err({ code: 'date/year-out-of-range', year })
  if (month === undefined) return ok(String(year))
  if (month < 1 || month > 12) return err({ code: 'date/no-such-month', month })
  const paddedMonth = String(month).padStart(2, '0')
  if (day === undefined) return ok(`${year}-${paddedMonth}`)
  const days = daysInMonth(year, month)
  if (day < 1 || day > days) return err({ code: 'date/no-such-day', month, year, days })
  return ok(`${year}-${paddedMonth}-${String(day).padStart(2, '0')}`)
}

function splitParts(text: string): { day?: number; month?: number; year: number } | undefined {
  if (/^\d{4}$/.test(text)) return { year: Number(text) }
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (packed) return { day: Number(packed[1]), month: Number(packed[2]), year: Number(packed[3]) }
  const monthYear = /^(\d{1,2})\/(\d{4})$/.exec(text)
  if (monthYear) return { month: Number(monthYear[1]), year: Number(monthYear[2]) }
  const full = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  if (full) return { day: Number(full[1]), month: Number(full[2]), year: Number(full[3]) }
  return undefined
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** As an officer writes it: `03/09/1987`, `09/1987`, `1952`. */
export function formatPartialDate(date: PartialDate): string {
  return date.split('-').reverse().join('/')
}

/** No date at all is one, too: an answer that was not given. */
const partialDateShape = /^(?:(?:189\d|19\d\d|20\d\d|2100)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?$/

export function isPartialDate(text: string): boolean {
  if (!partialDateShape.test(text)) return false
  return Number(text.slice(8)) <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)))
}
