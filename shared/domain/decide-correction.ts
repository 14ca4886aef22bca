import { err, ok, type Result } from '../core/result.ts'
import { checkDeclaration } from '../law/declaration-schema.ts'
import type { CorrectDossier } from './command.ts'
import { changedMeanwhile, findFieldPlace, findFieldText, withChanges } from './correction.ts'
import type { DecisionContext, Refusal } from './decide.ts'
import { checkApplicant } from './decide-reception.ts'
import { type Dossier, receptionOf } from './dossier.ts'
import type { EventBody } from './event.ts'
import { mayCorrect } from './permissions.ts'

/**
 * A correction names for each field what the officer saw and what it shall be.
 * 1. Corrections of different fields do not disturb each other; the same text on both sides is no conflict.
 * 2. A field that meanwhile has a third text is asked about, never overwritten.
 * 3. The corrected answers may not be worse than before: what was wrong already is not held against this officer.
 */
export function decideCorrection(
  dossier: Dossier,
  command: CorrectDossier,
  context: DecisionContext,
): Result<EventBody<'dossier-corrected'>, Refusal> {
  const { changes, reason, resolves } = command
  const { role } = context.staff
  for (const { field } of changes) {
    const place = findFieldPlace(field)
    if (!place || findFieldText(dossier, field) === undefined) return err({ code: 'correction/unknown-field', field })
    if (!mayCorrect(role, place.part)) return err({ code: 'staff/not-permitted', command: command.type, role })
  }
  if (changes.every(({ from, to, returned }) => from === to && returned === undefined)) {
    return err({ code: 'correction/nothing-changed' })
  }
  const fields = changedMeanwhile(dossier, changes).map(({ field }) => field)
  if (fields.length > 0) return err({ code: 'correction/changed-meanwhile', fields })
  const corrected = withChanges(dossier, changes)
  // What was already there may be older than today's limits; only a text that is new has to fit.
  const unfit = changes.find(({ field, from, to }) => from !== to && findFieldText(corrected, field) !== to)
  if (unfit) return err({ code: 'correction/unfit-value', field: unfit.field })
  const refusal = problemsOf(dossier, corrected, context)
  if (refusal) return err(refusal)
  return ok({ changes, ...(reason ? { reason } : {}), ...(resolves ? { resolves } : {}) })
}

function problemsOf(dossier: Dossier, corrected: Dossier, context: DecisionContext): Refusal | undefined {
  const applicantProblems = checkApplicant(corrected.applicant)
  if (applicantProblems.length > 0) return { code: 'dossier/applicant-incomplete', problems: applicantProblems }
  const [before, after] = [receptionOf(dossier)?.declaration, receptionOf(corrected)?.declaration]
  if (!before || !after || JSON.stringify(before) === JSON.stringify(after)) return undefined
  const { code, version } = dossier.procedure
  const procedure = context.law.findProcedure(code, version)
  if (!procedure) return { code: 'procedure/unknown', procedureCode: code }
  const known = new Set(checkDeclaration(procedure.form, before).map((problem) => `${problem.key} ${problem.code}`))
  const problems = checkDeclaration(procedure.form, after).filter((each) => !known.has(`${each.key} ${each.code}`))
  return problems.length > 0 ? { code: 'dossier/declaration-incomplete', problems } : undefined
}
