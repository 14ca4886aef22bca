import { TextInput } from '@mantine/core'
import { useWatch } from 'react-hook-form'
import { parsePartialDate } from '../../shared/core/partial-date.ts'
import { t } from '../text/t.ts'
import type { FieldProps } from './field-props.ts'
import { useField } from './use-field.ts'
import { wrapperProps } from './wrapper-props.ts'

/**
 * A date as plain text, read when the field is left. No library's date input can be trusted with a civil-status form:
 * each was seen to keep another year than the one shown (reference/ux.md §1.1).
 */
export function DateField({ field, name }: FieldProps) {
  const binding = useField(name, field.kind)
  return (
    <TextInput
      label={field.label}
      required={field.required}
      inputMode="numeric"
      placeholder={t('intake.dates.placeholder')}
      {...wrapperProps(binding, field.hint)}
      description={binding.problem ? undefined : (binding.remark ?? <DateRemark name={name} hint={field.hint} />)}
      {...binding.registration}
    />
  )
}

/** Says what a shortened date means: "Chỉ biết năm". */
function DateRemark({ name, hint }: { readonly name: string; readonly hint: string | undefined }) {
  const typed: unknown = useWatch({ name })
  const date = parsePartialDate(typeof typed === 'string' ? typed : '')
  if (!date.ok || date.value === '') return hint
  if (date.value.length === 4) return t('intake.dates.yearOnly')
  return date.value.length === 7 ? t('intake.dates.dayUnknown') : hint
}

export function TimeField({ field, name }: FieldProps) {
  const binding = useField(name, field.kind)
  return (
    <TextInput
      label={field.label}
      required={field.required}
      inputMode="numeric"
      placeholder={t('intake.dates.timePlaceholder')}
      {...wrapperProps(binding, field.hint)}
      {...binding.registration}
    />
  )
}
