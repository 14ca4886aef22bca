import type { Declaration, FormField } from '../../shared/law/declaration-form.ts'
import { storedAnswer } from './typed-answer.ts'

/** Everything a form holds, flat: field name to typed text. */
export type FormValues = Record<string, string>

/** The name of a field in the form. Slashes, because react-hook-form reads dots as nesting and `a` beside `a.b` would clash. */
export function fieldName(group: string, key: string): string {
  return `${group}/${key.replaceAll('.', '/')}`
}

/** What was typed into a group of fields, as it would be stored; empty fields are absent. */
export function answersOf(group: string, fields: readonly FormField[], values: FormValues): Declaration {
  const answers: Record<string, string> = {}
  for (const field of fields) {
    const stored = storedAnswer(field.kind, values[fieldName(group, field.key)] ?? '')
    if (stored !== '') answers[field.key] = stored
  }
  return answers
}
