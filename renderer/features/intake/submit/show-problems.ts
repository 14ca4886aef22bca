import type { UseFormReturn } from 'react-hook-form'
import type { Refusal } from '../../../../shared/domain/decide.ts'
import type { FieldProblem } from '../../../../shared/law/declaration-schema.ts'
import { type FormValues, fieldName } from '../../../forms/field-name.ts'
import { focusField } from '../../../forms/move-on.ts'
import { applicantGroup, applicantKindOf, controls, declarationGroup } from '../applicant/applicant-fields.ts'
import type { IntakeCheck, IntakeProblem, Section } from '../check-intake.ts'
import { describeProblem } from '../describe-problem.ts'
import { documentField, documentKey } from '../documents/document-fields.ts'
import type { Intake } from '../intake-context.ts'

/** Marks every problem at its field and moves to the first, in the order of the screen (R11). */
export function showProblems(form: UseFormReturn<FormValues>, intake: Intake, check: IntakeCheck): void {
  for (const problem of check.problems) {
    form.setError(problem.field, { type: 'check', message: describeProblem(problem) })
  }
  const { root, procedure } = intake
  if (!root.current || !procedure) return
  const documents = check.missing.map(({ id }) => documentField(documentKey(procedure.code, id), 'state'))
  const order: readonly Section[] = ['applicant', 'declaration']
  const first =
    check.problems.find(({ section }) => order.includes(section))?.field ?? documents[0] ?? check.problems[0]?.field
  if (first !== undefined) focusField(root.current, first)
}

/** A refusal of main that belongs to fields, as problems of the form; undefined when it belongs to the whole. */
export function problemsOfRefusal(refusal: Pick<Refusal, 'code'> | Refusal, intake: Intake): IntakeCheck | undefined {
  if (!('code' in refusal)) return undefined
  const { procedure } = intake
  const values = intake.snapshot().values
  const problem = (section: Section, field: string, detail: IntakeProblem['detail']): IntakeCheck => ({
    problems: [{ section, field, detail }],
    missing: [],
  })
  const known = refusal as Refusal
  switch (known.code) {
    case 'dossier/declaration-incomplete':
      return { problems: known.problems.map((detail) => atField('declaration', declarationGroup, detail)), missing: [] }
    case 'dossier/applicant-incomplete': {
      const group = applicantGroup[applicantKindOf(values)]
      const problems = known.problems.map((one) =>
        atField('applicant', group, { ...one, key: one.key.replace('applicant.', '') }),
      )
      return { problems, missing: [] }
    }
    case 'dossier/documents-missing': {
      const ids = new Set(known.documentIds)
      return { problems: [], missing: procedure?.documents.filter(({ id }) => ids.has(id)) ?? [] }
    }
    case 'due/must-be-entered':
    case 'due/before-receipt':
      return problem('fee', controls.dueDate, { key: '', code: known.code })
    case 'fee/amount-needed':
    case 'fee/amount-unreadable':
      return problem('fee', controls.enteredFee, { key: '', code: known.code })
    case 'fee/quantity-missing':
      return problem('declaration', fieldName(declarationGroup, known.key), { key: known.key, code: 'field/required' })
    case 'fee/quantity-unreadable':
      return problem('declaration', fieldName(declarationGroup, known.key), {
        key: known.key,
        code: 'field/not-a-count',
        min: 1,
      })
    default:
      return undefined
  }
}

function atField(section: Section, group: string, detail: FieldProblem): IntakeProblem {
  return { section, field: fieldName(group, detail.key), detail }
}
