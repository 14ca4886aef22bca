import { Textarea, TextInput } from '@mantine/core'
import type { FieldKind } from '../../shared/law/declaration-form.ts'
import type { FieldProps } from './field-props.ts'
import { useField } from './use-field.ts'
import { wrapperProps } from './wrapper-props.ts'

const inputModes: Partial<Record<FieldKind, 'numeric' | 'tel'>> = {
  phone: 'tel',
  'personal-id': 'numeric',
  count: 'numeric',
  money: 'numeric',
}

export function TextField({ field, name }: FieldProps) {
  const binding = useField(name, field.kind)
  return (
    <TextInput
      label={field.label}
      required={field.required}
      inputMode={inputModes[field.kind]}
      {...wrapperProps(binding, field.hint)}
      {...binding.registration}
    />
  )
}

export function LongTextField({ field, name }: FieldProps) {
  const binding = useField(name, field.kind)
  return (
    <Textarea
      label={field.label}
      required={field.required}
      rows={2}
      {...wrapperProps(binding, field.hint)}
      {...binding.registration}
    />
  )
}
