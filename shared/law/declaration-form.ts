import { z } from 'zod'

/**
 * Kinds of field a declaration may hold, and how the answer is stored as text: `yes-no` as `yes` or `no`, `choice` as
 * the option itself, `date` as `2022-08-17`, `partial-date` as EDTF, `time` as `15:00`, `count` and `money` as digits,
 * everything else as typed and tidied.
 */
export const fieldKindSchema = z.enum([
  'text',
  'long-text',
  'person-name',
  'personal-id',
  'phone',
  'partial-date',
  'date',
  'time',
  'address',
  'choice',
  'yes-no',
  'count',
  'money',
])
export type FieldKind = z.infer<typeof fieldKindSchema>

/** One field of a declaration (tờ khai). Keys are English and dotted: `child.name`. */
export const formFieldSchema = z.object({
  key: z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/),
  label: z.string(),
  kind: fieldKindSchema,
  /** Width in twelfths of the row. */
  span: z.int().min(1).max(12),
  required: z.boolean(),
  options: z.array(z.string()).optional(),
  /** Offered, never forced. */
  suggestion: z.string().optional(),
  hint: z.string().optional(),
  /** Shown and required only when another field has one of these values. */
  when: z.object({ key: z.string(), oneOf: z.array(z.string()) }).optional(),
})
export type FormField = z.infer<typeof formFieldSchema>

export const declarationFormSchema = z.object({
  id: z.string(),
  version: z.int().min(1),
  sections: z.array(
    z.object({
      title: z.string(),
      /** F4 copies the applicant into the fields under this prefix: `mother` fills `mother.name`, `mother.personalId`… */
      personPrefix: z.string().optional(),
      fields: z.array(formFieldSchema),
    }),
  ),
})
export type DeclarationForm = z.infer<typeof declarationFormSchema>

/** True when a field is asked for, given what was declared so far. */
export function isFieldShown(field: FormField, declaration: Declaration): boolean {
  return !field.when || field.when.oneOf.includes(declaration[field.when.key] ?? '')
}

/** The fields of a form in the order of the paper. */
export function fieldsOf(form: DeclarationForm): readonly FormField[] {
  return form.sections.flatMap((section) => section.fields)
}

/** What is handed in: answers to fields that are shown and not empty. A draft keeps the rest, so that nothing typed is lost. */
export function shownAnswers(form: DeclarationForm, declaration: Declaration): Declaration {
  const answers: Record<string, string> = {}
  for (const field of fieldsOf(form)) {
    const answer = declaration[field.key]
    if (answer !== undefined && answer.trim() !== '' && isFieldShown(field, declaration)) answers[field.key] = answer
  }
  return answers
}

/** What was declared: field key to text, exactly as stored. Empty fields are absent. */
export type Declaration = Readonly<Record<string, string>>
