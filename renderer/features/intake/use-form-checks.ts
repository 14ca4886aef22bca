import { useMemo } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { fieldsOf } from '../../../shared/law/declaration-form.ts'
import { type FormValues, fieldName } from '../../forms/field-name.ts'
import type { FormChecks } from '../../forms/form-checks.ts'
import { declarationGroup } from './applicant/applicant-fields.ts'
import type { CardScanState } from './applicant/use-card-scan.ts'
import { checkApplicantPart, checkIntake, findRemark } from './check-intake.ts'
import { noteValue, recentValues } from './declaration/recent-values.ts'
import { describeProblem, describeRemark } from './describe-problem.ts'
import type { Undo } from './draft/use-undo.ts'
import type { Intake } from './intake-context.ts'

/**
 * What fields ask of this screen. An empty field is no error while the officer is still on the way; it becomes one when
 * Ctrl Enter asks for the receipt, and is then marked by `receive-flow`.
 */
export function useFormChecksOf(
  form: UseFormReturn<FormValues>,
  intake: Intake,
  undo: Undo,
  scan: CardScanState,
): FormChecks {
  const { procedure, snapshot, now } = intake
  const { scanned, unmark } = scan
  const { typed } = undo
  return useMemo(() => {
    const suggestions = new Map(
      (procedure ? fieldsOf(procedure.form) : []).map(({ key, suggestion }) => [
        fieldName(declarationGroup, key),
        suggestion,
      ]),
    )
    return {
      problemOf: (name) => {
        const session = snapshot()
        const problems = procedure
          ? checkIntake(session, procedure, now()).problems
          : checkApplicantPart(session.values)
        const problem = problems.find(({ field }) => field === name)
        if (!problem) return undefined
        const isUntouched = (session.values[name] ?? '').trim() === ''
        return isUntouched && !form.getFieldState(name).error ? undefined : describeProblem(problem)
      },
      remarkOn: (name) => {
        const code = findRemark(name, form.getValues())
        return code && describeRemark(code)
      },
      offersFor: (name) => {
        const suggestion = suggestions.get(name)
        const recent = recentValues(name)
        return suggestion ? [suggestion, ...recent.filter((value) => value !== suggestion)] : recent
      },
      scanned,
      onTyped: (name) => {
        typed()
        unmark(name)
      },
      onLeft: noteValue,
    }
  }, [form, procedure, snapshot, now, scanned, unmark, typed])
}
