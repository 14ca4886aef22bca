import type { FieldKind } from './declaration-form.ts'

/**
 * Numbers are kept as an officer typed them, so spaces, dots and dashes between digits are allowed:
 * `0912 345 678`, `+84 912.345.678`, the fixed line `0228 3820 123`.
 */
export const phonePattern = '^(0|\\+84)([ .-]*\\d){9}$|^(0|\\+84)[ .-]*2([ .-]*\\d){9}$'

/** Số định danh cá nhân (12 digits) or the old chứng minh nhân dân (9 digits). */
export const personalIdPattern = '^[ .-]*(\\d[ .-]*){9}$|^[ .-]*(\\d[ .-]*){12}$'

export const timePattern = '^([01]\\d|2[0-3]):[0-5]\\d$'
/** The shape only; whether the day exists is asked of `isPartialDate`. */
export const datePattern = '^\\d{4}-\\d{2}-\\d{2}$'
export const partialDatePattern = '^\\d{4}(-\\d{2}(-\\d{2})?)?$'
/** Zero is an answer to an optional count, never to a required one. */
export const countPattern = '^(0|[1-9]\\d{0,3})$'
export const positiveCountPattern = '^[1-9]\\d{0,3}$'
/** Whole đồng, digits only. */
export const moneyPattern = '^(0|[1-9]\\d{0,10})$'

/** The longest answer each kind may hold, in characters. */
export const maxLengths = {
  text: 500,
  'long-text': 4000,
  'person-name': 200,
  'personal-id': 40,
  phone: 40,
  'partial-date': 10,
  date: 10,
  time: 5,
  address: 500,
  choice: 300,
  'yes-no': 3,
  count: 4,
  money: 11,
} as const satisfies Record<FieldKind, number>

/** Digits of a number as typed: `0912 345 678` has ten; `+84` counts as the leading zero it stands for. */
export function digitsOf(text: string): string {
  return text.trim().replace(/^\+84/, '0').replace(/\D/g, '')
}

/** True when the text holds digits and separators only, so that counting its digits means something. */
export function isDigitsAndSeparators(text: string): boolean {
  return /^\+?[\d .-]*$/.test(text.trim())
}

/** `0912 345 678`, to be read aloud; what is not plainly ten digits stays as it was typed. */
export function formatPhone(phone: string): string {
  return /^0\d{9}$/.test(phone) ? `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}` : phone
}
