import type { FormField } from '../../shared/law/declaration-form.ts'

/** A field of a form as data. Options the app itself defines carry their words apart from what is stored. */
export type FieldDefinition = FormField & { readonly optionLabels?: Readonly<Record<string, string>> }

export interface FieldProps {
  readonly field: FieldDefinition
  /** The field's name in the form. */
  readonly name: string
}
