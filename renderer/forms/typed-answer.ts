import { formatPartialDate, parsePartialDate } from '../../shared/core/partial-date.ts'
import { tidyText } from '../../shared/core/text-folding.ts'
import type { FieldKind } from '../../shared/law/declaration-form.ts'

/**
 * A form holds what the officer typed; a declaration holds what is stored. Text that cannot be read is stored as typed,
 * so that the check of the declaration sees it and nothing is silently changed.
 */
export function storedAnswer(kind: FieldKind, typed: string): string {
  switch (kind) {
    case 'date':
    case 'partial-date': {
      const date = parsePartialDate(typed)
      return date.ok ? date.value : tidyText(typed)
    }
    case 'time':
      return parseTime(typed) ?? tidyText(typed)
    case 'count':
      return tidyText(typed).replace(/^0+(?=\d)/, '')
    case 'money':
      return parseAmount(typed) ?? tidyText(typed)
    case 'long-text':
      return tidyLines(typed)
    default:
      return tidyText(typed)
  }
}

/** How a stored answer stands in its field. */
export function typedAnswer(kind: FieldKind, stored: string): string {
  switch (kind) {
    case 'date':
    case 'partial-date':
      return formatPartialDate(stored)
    case 'money':
      return groupThousands(stored)
    default:
      return stored
  }
}

/** What a field shows after it was left: the readable spelling of what was typed, or the text itself, tidied. */
export function tidiedAnswer(kind: FieldKind, typed: string): string {
  const stored = storedAnswer(kind, typed)
  if (kind === 'date' || kind === 'partial-date') return parsePartialDate(typed).ok ? typedAnswer(kind, stored) : stored
  if (kind === 'money') return /^\d+$/.test(stored) ? groupThousands(stored) : stored
  return stored
}

/** `8:30`, `8h30`, `0830`, `8 giờ 30`, `8h`. */
export function parseTime(typed: string): string | undefined {
  const text = typed.trim().toLowerCase()
  const parts =
    /^(\d{1,2})\s*(?::|h|\.|giờ|g)\s*(\d{1,2})?\s*(?:p|phút|ph)?$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text)
  if (!parts) return undefined
  const [, hours = '', minutes = '00'] = parts
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`
}

/** `50.000`, `50 000 đ`, `50,000 đồng`: whole đồng as digits. */
export function parseAmount(typed: string): string | undefined {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/\s*(đồng|đ|vnđ|vnd)$/, '')
  if (!/^\d+$|^\d{1,3}([. ,]\d{3})+$/.test(text)) return undefined
  return text.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.')
}

function tidyLines(text: string): string {
  return text.split('\n').map(tidyText).join('\n').trim()
}
