import { useWatch } from 'react-hook-form'
import { isFieldShown } from '../../shared/law/declaration-form.ts'
import { ChoiceField, YesNoField } from './choice-field.tsx'
import { DateField, TimeField } from './date-field.tsx'
import { fieldName } from './field-name.ts'
import type { FieldDefinition, FieldProps } from './field-props.ts'
import styles from './form.module.css'
import { SuggestField } from './suggest-field.tsx'
import { LongTextField, TextField } from './text-field.tsx'

/** A list this long is typed, not scrolled. */
const longList = 9

function FieldOfKind({ field, name }: FieldProps) {
  switch (field.kind) {
    case 'long-text':
      return <LongTextField field={field} name={name} />
    case 'partial-date':
    case 'date':
      return <DateField field={field} name={name} />
    case 'time':
      return <TimeField field={field} name={name} />
    case 'yes-no':
      return <YesNoField field={field} name={name} />
    case 'choice':
      return (field.options?.length ?? 0) < longList ? (
        <ChoiceField field={field} name={name} />
      ) : (
        <SuggestField field={field} name={name} />
      )
    case 'text':
    case 'address':
      return <SuggestField field={field} name={name} />
    default:
      return <TextField field={field} name={name} />
  }
}

interface FormFieldProps {
  readonly group: string
  readonly field: FieldDefinition
}

function ConditionalField({ group, field, when }: FormFieldProps & { readonly when: { readonly key: string } }) {
  const answer: unknown = useWatch({ name: fieldName(group, when.key) })
  if (!isFieldShown(field, { [when.key]: typeof answer === 'string' ? answer : '' })) return null
  return <ShownField group={group} field={field} />
}

function ShownField({ group, field }: FormFieldProps) {
  return (
    <div className={styles.cell} data-span={field.span}>
      <FieldOfKind field={field} name={fieldName(group, field.key)} />
    </div>
  )
}

/** One field of a form as data. Only the answers its condition names are watched. */
export function FormField({ group, field }: FormFieldProps) {
  return field.when ? (
    <ConditionalField group={group} field={field} when={field.when} />
  ) : (
    <ShownField group={group} field={field} />
  )
}

export function FieldGrid({ group, fields }: { readonly group: string; readonly fields: readonly FieldDefinition[] }) {
  return (
    <div className={styles.grid}>
      {fields.map((field) => (
        <FormField key={field.key} group={group} field={field} />
      ))}
    </div>
  )
}
