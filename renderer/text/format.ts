import {
  addDays,
  clockTimeOf,
  dateOf,
  daysBetween,
  type Instant,
  type IsoDate,
  instantOf,
  unixMsOf,
  weekdayOf,
} from '../../shared/core/time.ts'
import { t } from './t.ts'

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** `17/08/2022`. */
export function formatDate(date: IsoDate): string {
  return date.split('-').reverse().join('/')
}

/** `17/08`. */
export function formatDayMonth(date: IsoDate): string {
  return formatDate(date).slice(0, 5)
}

/** `08:15`. */
export function formatTime(at: Instant): string {
  return clockTimeOf(at)
}

/** `09:47:03`, for "Đã lưu nháp". */
export function formatTimeWithSeconds(at: Instant): string {
  return instantOf(unixMsOf(at) + 7 * 3_600_000).slice(11, 19)
}

/** `08:15, 15/08/2022`. */
export function formatMoment(at: Instant): string {
  return `${clockTimeOf(at)}, ${formatDate(dateOf(at))}`
}

/** `Hôm nay, 09:12`, otherwise `16/08, 16:40`; the year only when it is another one. */
export function formatWhen(at: Instant, now: Instant): string {
  const date = dateOf(at)
  const today = dateOf(now)
  if (date === today) return t('statuses.day.today', { time: clockTimeOf(at) })
  const shown = date.slice(0, 4) === today.slice(0, 4) ? formatDayMonth(date) : formatDate(date)
  return t('statuses.day.other', { date: shown, time: clockTimeOf(at) })
}

/** `09:12` today, otherwise `16/08`: where there is room for one of them. */
export function formatShortWhen(at: Instant, now: Instant): string {
  return dateOf(at) === dateOf(now) ? clockTimeOf(at) : formatDayMonth(dateOf(at))
}

/** `thứ Tư 17/08/2022`. */
export function formatLongDay(date: IsoDate): string {
  return `${t(`statuses.weekday.${weekdays[weekdayOf(date)] ?? 'sunday'}`)} ${formatDate(date)}`
}

/** `10.000`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
}

/** `8.000 đ`. */
export function formatMoney(amountVnd: number): string {
  return t('statuses.money', { amount: formatCount(amountVnd) })
}

/** `3,1 MB`, `0,6 MB`, `412 B`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 100_000) return `${(bytes / 1000).toFixed(1).replace('.', ',')} KB`
  return `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`
}

/** `036 085 004 217`; anything that is not twelve digits stays as it is. */
export function formatPersonalId(id: string): string {
  return /^\d{12}$/.test(id) ? id.replace(/(\d{3})(?=\d)/g, '$1 ') : id
}

/** `••• ••• ••4 217`: what a list or a bystander may see (R25). */
export function maskPersonalId(id: string): string {
  const hidden = Math.max(0, id.length - 4)
  return formatPersonalId(id)
    .split('')
    .map((sign, index, all) =>
      sign !== ' ' && all.slice(0, index).filter((s) => s !== ' ').length < hidden ? '•' : sign,
    )
    .join('')
}

/** Red means overdue and nothing else; gold means today (R20). */
export type Tone = 'red' | 'gold' | 'green' | 'plain'

export interface DueWords {
  readonly text: string
  readonly tone: Tone
}

/** Words first, colour second: "Quá hạn 2 ngày", "Hôm nay, 16:30", "Ngày mai", "Còn 3 ngày". */
export function dueWords(dueAt: Instant, now: Instant): DueWords {
  const today = dateOf(now)
  const dueOn = dateOf(dueAt)
  if (dueAt < now) {
    const days = daysBetween(dueOn, today)
    const text =
      days > 0 ? t('statuses.due.overdueDays', { days }) : t('statuses.due.overdueSince', { time: clockTimeOf(dueAt) })
    return { text, tone: 'red' }
  }
  if (dueOn === today) return { text: t('statuses.due.today', { time: clockTimeOf(dueAt) }), tone: 'gold' }
  if (dueOn === addDays(today, 1)) return { text: t('statuses.due.tomorrow'), tone: 'plain' }
  return { text: t('statuses.due.inDays', { days: daysBetween(today, dueOn) }), tone: 'plain' }
}

/** How colleagues call an officer where there is little room: "Quang Bình". */
export function shortPersonName(name: string): string {
  return name.split(' ').slice(-2).join(' ')
}

/** First letter in upper case: "huyện" at the start of a sentence. */
export function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
}
