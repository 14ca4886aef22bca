import { type PartialDateError, parsePartialDate } from '../../../shared/core/partial-date.ts'
import type { Instant } from '../../../shared/core/time.ts'
import { remarksOnPersonalId } from '../../../shared/domain/citizen-card.ts'
import { type FeeError, feeFor, needsEnteredFee } from '../../../shared/domain/fee.ts'
import { missingDocuments } from '../../../shared/domain/missing-documents.ts'
import { type DeclarationForm, fieldsOf } from '../../../shared/law/declaration-form.ts'
import { checkDeclaration, type FieldProblem } from '../../../shared/law/declaration-schema.ts'
import type { Procedure, RequiredDocument } from '../../../shared/law/procedure.ts'
import { answersOf, type FormValues, fieldName } from '../../forms/field-name.ts'
import {
  applicantGroup,
  applicantKindOf,
  controls,
  declarationGroup,
  delegateFields,
  delegateGroup,
  genderOf,
  organisationFields,
  personFields,
} from './applicant/applicant-fields.ts'
import type { IntakeSession } from './draft-content.ts'
import { declarationOf, documentsOf, enteredDueOf, enteredFeeOf } from './submit/build-command.ts'

/** The parts of the screen, in the order of Ctrl 1–5. */
export const sections = ['procedure', 'applicant', 'declaration', 'documents', 'fee'] as const
export type Section = (typeof sections)[number]

type Detail =
  | FieldProblem
  | (PartialDateError & { readonly key: string })
  | (FeeError & { readonly key: string })
  | { readonly code: 'due/must-be-entered' | 'due/before-receipt'; readonly key: string }

/** What stands between the form and its receipt. `field` is the field's name on the screen. */
export interface IntakeProblem {
  readonly section: Section
  readonly field: string
  readonly detail: Detail
}

export interface IntakeCheck {
  readonly problems: readonly IntakeProblem[]
  readonly missing: readonly RequiredDocument[]
}

export function checkIntake(session: IntakeSession, procedure: Procedure, now: Instant): IntakeCheck {
  return {
    problems: [
      ...checkApplicantPart(session.values),
      ...checkGroup('declaration', declarationGroup, procedure.form, session.values),
      ...checkFeePart(session.values, procedure, now),
    ],
    missing: missingDocuments(procedure, documentsOf(session, procedure)),
  }
}

/** Odd numbers of the applicant are remarks: a passport or a foreign phone is not an error. */
const oddOnly: ReadonlySet<string> = new Set(['field/unreadable-personal-id', 'field/unreadable-phone'])

export function checkApplicantPart(values: FormValues): readonly IntakeProblem[] {
  const group = applicantGroup[applicantKindOf(values)]
  const own = checkGroup('applicant', group, ownForm(group), values)
  const delegate =
    values[controls.hasDelegate] === 'yes' ? checkGroup('applicant', delegateGroup, ownForm(delegateGroup), values) : []
  return [...own, ...delegate].filter(({ detail }) => !oddOnly.has(detail.code))
}

function checkGroup(
  section: Section,
  group: string,
  form: DeclarationForm,
  values: FormValues,
): readonly IntakeProblem[] {
  const answers = answersOf(group, fieldsOf(form), values)
  return checkDeclaration(form, answers).map((problem) => {
    const field = fieldName(group, problem.key)
    return { section, field, detail: dateDetail(problem, values[field] ?? '') }
  })
}

/** A date that cannot be read is explained from what was typed: "Tháng 2/1990 chỉ có 28 ngày". */
function dateDetail(problem: FieldProblem, typed: string): Detail {
  if (problem.code !== 'field/unreadable-date') return problem
  const date = parsePartialDate(typed)
  return date.ok ? problem : { key: problem.key, ...date.error }
}

function checkFeePart(values: FormValues, procedure: Procedure, now: Instant): readonly IntakeProblem[] {
  const problems: IntakeProblem[] = []
  const declaration = declarationOf(procedure, values)
  const exemption = values[controls.exemption]?.trim() || undefined
  const fee = feeFor(procedure.fee, declaration, exemption, enteredFeeOf(values))
  if (!fee.ok && !('key' in fee.error)) {
    const typed = (values[controls.enteredFee] ?? '').trim() !== '' && needsEnteredFee(procedure.fee, declaration)
    const code = typed ? 'fee/amount-unreadable' : fee.error.code
    problems.push({ section: 'fee', field: controls.enteredFee, detail: { key: '', code } })
  }
  if (!fee.ok && 'key' in fee.error) {
    const shown = fieldsOf(procedure.form).find(({ key }) => 'key' in fee.error && key === fee.error.key)
    if (shown && declaration[shown.key] === undefined) {
      const field = fieldName(declarationGroup, shown.key)
      problems.push({ section: 'declaration', field, detail: { key: shown.key, code: 'field/required' } })
    }
  }
  if (procedure.processing.rule === 'entered') {
    const due = enteredDueOf(values)
    const code = due === undefined ? 'due/must-be-entered' : due < now ? 'due/before-receipt' : undefined
    if (code) problems.push({ section: 'fee', field: controls.dueDate, detail: { key: '', code } })
  }
  return problems
}

const groupFields = {
  [applicantGroup.person]: personFields,
  [applicantGroup.organisation]: organisationFields,
  [delegateGroup]: delegateFields,
} as const
type OwnGroup = keyof typeof groupFields

const ownForms = new Map<OwnGroup, DeclarationForm>()

/** The checker keeps its work by form, so each of our own blocks is one form for the life of the page. */
function ownForm(group: OwnGroup): DeclarationForm {
  let form = ownForms.get(group)
  if (!form) {
    form = { id: group, version: 1, sections: [{ title: '', fields: [...groupFields[group]()] }] }
    ownForms.set(group, form)
  }
  return form
}

function isOwnGroup(group: string): group is OwnGroup {
  return Object.hasOwn(groupFields, group)
}

export type RemarkCode =
  | ReturnType<typeof remarksOnPersonalId>[number]
  | 'field/unreadable-personal-id'
  | 'field/unreadable-phone'

/** Something odd about a field that may stand (R12). */
export function findRemark(field: string, values: FormValues): RemarkCode | undefined {
  const [group = '', key = ''] = field.split('/')
  if (field.endsWith('/personalId')) {
    const prefix = field.slice(0, -'/personalId'.length)
    const born = parsePartialDate(values[`${prefix}/bornOn`] ?? '')
    const [remark] = remarksOnPersonalId(
      values[field] ?? '',
      genderOf(values[`${prefix}/gender`]),
      born.ok && born.value !== '' ? born.value : undefined,
    )
    if (remark) return remark
  }
  if (!isOwnGroup(group)) return undefined
  const form = ownForm(group)
  const odd = checkDeclaration(form, answersOf(group, fieldsOf(form), values)).find((problem) => problem.key === key)
  return odd && oddOnly.has(odd.code) ? (odd.code as RemarkCode) : undefined
}
