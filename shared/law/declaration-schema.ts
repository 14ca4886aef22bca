import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import { assertNever } from '../core/assert.ts'
import { isPartialDate } from '../core/partial-date.ts'
import {
  type Declaration,
  type DeclarationForm,
  type FormField,
  fieldsOf,
  isFieldShown,
  shownAnswers,
} from './declaration-form.ts'
import {
  countPattern,
  datePattern,
  digitsOf,
  isDigitsAndSeparators,
  maxLengths,
  moneyPattern,
  partialDatePattern,
  personalIdPattern,
  phonePattern,
  positiveCountPattern,
  timePattern,
} from './field-formats.ts'

/** What is wrong with one answer. The page turns the code into words. */
export type FieldProblem = { readonly key: string } & (
  | { readonly code: 'field/required' }
  /** The form has no such field. */
  | { readonly code: 'field/unknown' }
  | { readonly code: 'field/too-long'; readonly max: number }
  | { readonly code: 'field/not-an-option'; readonly options: readonly string[] }
  | { readonly code: 'field/short-phone'; readonly digits: number; readonly expected: number }
  | { readonly code: 'field/unreadable-phone' }
  | { readonly code: 'field/short-personal-id'; readonly digits: number; readonly expected: number }
  | { readonly code: 'field/unreadable-personal-id' }
  | { readonly code: 'field/unreadable-date' }
  /** The day must be known here: a month or a year alone is not enough. */
  | { readonly code: 'field/incomplete-date' }
  | { readonly code: 'field/unreadable-time' }
  | { readonly code: 'field/not-a-count'; readonly min: number }
  | { readonly code: 'field/not-an-amount' }
)

export type FieldProblemCode = FieldProblem['code']

const yesNo = ['yes', 'no'] as const

/** The JSON Schema 2020-12 of a declaration: what desk, main process and district all hold it to. */
export function declarationSchemaOf(form: DeclarationForm): Schema {
  const fields = fieldsOf(form)
  const conditional = fields.flatMap(({ key, required, when }) => (required && when ? [{ key, when }] : []))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.key, answerSchemaOf(field)])),
    required: fields.filter((field) => field.required && !field.when).map((field) => field.key),
    additionalProperties: false,
    ...(conditional.length > 0
      ? {
          allOf: conditional.map(({ key, when }) => ({
            if: { properties: { [when.key]: { enum: when.oneOf } }, required: [when.key] },
            then: { required: [key] },
          })),
        }
      : {}),
  }
}

function answerSchemaOf(field: FormField): Schema {
  const text = { type: 'string', minLength: 1, maxLength: maxLengths[field.kind] } as const
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'person-name':
    case 'address':
      return text
    case 'personal-id':
      return { ...text, pattern: personalIdPattern }
    case 'phone':
      return { ...text, pattern: phonePattern }
    case 'partial-date':
      return { ...text, pattern: partialDatePattern }
    case 'date':
      return { ...text, pattern: datePattern }
    case 'time':
      return { ...text, pattern: timePattern }
    case 'choice':
      return { ...text, enum: field.options ?? [] }
    case 'yes-no':
      return { ...text, enum: [...yesNo] }
    case 'count':
      return { ...text, pattern: field.required ? positiveCountPattern : countPattern }
    case 'money':
      return { ...text, pattern: moneyPattern }
    default:
      return assertNever(field.kind)
  }
}

interface FormChecker {
  readonly validator: Validator
  readonly fields: ReadonlyMap<string, FormField>
  /** Each field with the schema of its answer, its expression compiled: the validator compiles it for every answer anew. */
  readonly answers: readonly {
    readonly field: FormField
    readonly schema: Schema
    readonly pattern: RegExp | undefined
  }[]
}

const checkers = new WeakMap<DeclarationForm, FormChecker>()

function checkerOf(form: DeclarationForm): FormChecker {
  let checker = checkers.get(form)
  if (!checker) {
    checker = {
      validator: new Validator(declarationSchemaOf(form), '2020-12', false),
      fields: new Map(fieldsOf(form).map((field) => [field.key, field])),
      answers: fieldsOf(form).map((field) => {
        const schema = answerSchemaOf(field)
        return { field, schema, pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u') }
      }),
    }
    checkers.set(form, checker)
  }
  return checker
}

/**
 * Checks a declaration against its form: at most one problem for each field, in the order of the paper.
 * Empty answers and answers to fields that are not shown count as not given.
 */
export function checkDeclaration(form: DeclarationForm, declaration: Declaration): readonly FieldProblem[] {
  const checker = checkerOf(form)
  // Nearly all are right, a district reads thousands in a row, and the validator takes much longer to say so.
  if (isPlainlyRight(checker, declaration)) return []
  const { validator, fields } = checker
  const answers = shownAnswers(form, declaration)
  const known = new Map<string, FieldProblem>()
  for (const error of validator.validate(answers).errors) {
    const problem = problemOf(error, fields, answers)
    if (problem && !known.has(problem.key)) known.set(problem.key, problem)
  }
  for (const [key, field] of fields) {
    if (!known.has(key) && answers[key] !== undefined && !isRealDate(field, answers[key])) {
      known.set(key, { key, code: 'field/unreadable-date' })
    }
  }
  const strangers = Object.keys(declaration).filter((key) => !fields.has(key))
  return [
    ...[...fields.keys()].flatMap((key) => known.get(key) ?? []),
    ...strangers.map((key) => ({ key, code: 'field/unknown' }) as const),
  ]
}

/** True only where the validator would find nothing; what is unclear here is left to it. */
function isPlainlyRight({ answers, fields }: FormChecker, declaration: Declaration): boolean {
  for (const key in declaration) if (!fields.has(key)) return false
  return answers.every(({ field, schema, pattern }) => {
    if (!isFieldShown(field, declaration)) return true
    const answer = declaration[field.key]
    if (answer === undefined || answer.trim() === '') return !field.required
    return (
      // In UTF-16 a text is never shorter than in characters.
      answer.length <= (schema.maxLength ?? 0) &&
      (schema.enum === undefined || schema.enum.includes(answer)) &&
      (pattern === undefined || pattern.test(answer)) &&
      isRealDate(field, answer)
    )
  })
}

/** Patterns know that a day has two digits; only the calendar knows that 31/02 is none. */
function isRealDate(field: FormField, answer: string): boolean {
  return (field.kind !== 'date' && field.kind !== 'partial-date') || isPartialDate(answer)
}

function problemOf(
  error: OutputUnit,
  fields: ReadonlyMap<string, FormField>,
  answers: Declaration,
): FieldProblem | undefined {
  if (error.keyword === 'required') {
    const key = /"(.+)"/.exec(error.error)?.[1]
    return key !== undefined && fields.has(key) ? { key, code: 'field/required' } : undefined
  }
  const field = fields.get(error.instanceLocation.replace(/^#\//, ''))
  const answer = field && answers[field.key]
  if (!field || answer === undefined) return undefined
  if (error.keyword === 'maxLength') return { key: field.key, code: 'field/too-long', max: maxLengths[field.kind] }
  if (error.keyword === 'enum') return { key: field.key, code: 'field/not-an-option', options: field.options ?? yesNo }
  return error.keyword === 'pattern' ? shapeProblem(field, answer) : undefined
}

function shapeProblem(field: FormField, answer: string): FieldProblem {
  const { key } = field
  switch (field.kind) {
    case 'phone':
      return phoneProblem(key, answer)
    case 'personal-id':
      return personalIdProblem(key, answer)
    case 'date':
      return { key, code: isPartialDate(answer) ? 'field/incomplete-date' : 'field/unreadable-date' }
    case 'time':
      return { key, code: 'field/unreadable-time' }
    case 'count':
      return { key, code: 'field/not-a-count', min: field.required ? 1 : 0 }
    case 'money':
      return { key, code: 'field/not-an-amount' }
    default:
      return { key, code: 'field/unreadable-date' }
  }
}

/** Too few digits is said with numbers ("cần 10 chữ số, mới có 9"); anything else is unreadable. */
function phoneProblem(key: string, answer: string): FieldProblem {
  const expected = 10
  const digits = digitsOf(answer).length
  const short = isDigitsAndSeparators(answer) && digits < expected
  return short ? { key, code: 'field/short-phone', digits, expected } : { key, code: 'field/unreadable-phone' }
}

function personalIdProblem(key: string, answer: string): FieldProblem {
  const expected = 12
  const digits = digitsOf(answer).length
  const short = isDigitsAndSeparators(answer) && digits < expected
  return short
    ? { key, code: 'field/short-personal-id', digits, expected }
    : { key, code: 'field/unreadable-personal-id' }
}
