import { NativeSelect } from '@mantine/core'
import { useFormContext } from 'react-hook-form'
import { t } from '../text/t.ts'
import type { FieldProps } from './field-props.ts'
import { useField } from './use-field.ts'
import { wrapperProps } from './wrapper-props.ts'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface SelectFieldProps extends FieldProps {
  readonly choices: readonly Choice[]
}

/** A short list. A value from a draft that the list no longer has stays visible, so that the check can speak of it. */
export function SelectField({ field, name, choices }: SelectFieldProps) {
  const { getValues } = useFormContext()
  const binding = useField(name, field.kind)
  const held: unknown = getValues(name)
  const stranger = typeof held === 'string' && held !== '' && !choices.some(({ value }) => value === held)
  return (
    <NativeSelect
      label={field.label}
      required={field.required}
      data={[{ value: '', label: '' }, ...choices, ...(stranger ? [{ value: held, label: held }] : [])]}
      {...wrapperProps(binding, field.hint)}
      {...binding.registration}
    />
  )
}

export function ChoiceField({ field, name }: FieldProps) {
  const choices = (field.options ?? []).map((option) => ({
    value: option,
    label: field.optionLabels?.[option] ?? option,
  }))
  return <SelectField field={field} name={name} choices={choices} />
}

export function YesNoField({ field, name }: FieldProps) {
  const choices = [
    { value: 'yes', label: t('intake.yes') },
    { value: 'no', label: t('intake.no') },
  ]
  return <SelectField field={field} name={name} choices={choices} />
}
