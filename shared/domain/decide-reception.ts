import { err, ok, type Result } from '../core/result.ts'
import { checkDeclaration, type FieldProblem } from '../law/declaration-schema.ts'
import type { Procedure } from '../law/procedure.ts'
import type { Applicant } from './applicant.ts'
import type { ReceiveDossier } from './command.ts'
import type { DecisionContext, Refusal } from './decide.ts'
import { dueDate } from './due-date.ts'
import type { Due, EventBody, FeeDue } from './event.ts'
import { feeFor } from './fee.ts'
import { missingDocuments } from './missing-documents.ts'

/**
 * What Mẫu 01 will say: the checks of reception (NĐ 61/2018/NĐ-CP Điều 17) in the order an officer meets them,
 * and the number last, so that a refused intake never takes one.
 */
export function decideReception(
  command: ReceiveDossier,
  context: DecisionContext,
): Result<EventBody<'dossier-received'>, Refusal> {
  const procedure = context.law.findProcedure(command.procedureCode)
  if (!procedure) return err({ code: 'procedure/unknown', procedureCode: command.procedureCode })
  const applicantProblems = checkApplicant(command.applicant)
  if (applicantProblems.length > 0) return err({ code: 'dossier/applicant-incomplete', problems: applicantProblems })
  const problems = checkDeclaration(procedure.form, command.declaration)
  if (problems.length > 0) return err({ code: 'dossier/declaration-incomplete', problems })
  const missing = missingDocuments(procedure, command.documents)
  if (missing.length > 0) return err({ code: 'dossier/documents-missing', documentIds: missing.map(({ id }) => id) })
  const fee = feeOf(procedure, command)
  if (!fee.ok) return fee
  const due = dueOf(procedure, command, context)
  if (!due.ok) return due
  const number = context.takeNumber()
  if (!number.ok) return number
  return ok({
    number: number.value,
    procedure: { code: procedure.code, version: procedure.version },
    channel: command.channel,
    applicant: command.applicant,
    ...(command.delegate ? { delegate: command.delegate } : {}),
    declaration: command.declaration,
    documents: command.documents,
    fee: fee.value,
    due: due.value,
    delivery: command.delivery,
  })
}

/**
 * A receipt cannot be made out to nobody, so the name is needed. Identity, address and phone stand on Mẫu 01 too, but a citizen
 * without them is not sent away; odd numbers are warnings of the form, not refusals.
 */
export function checkApplicant(applicant: Applicant): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  if (applicant.name.trim() === '') problems.push({ key: 'applicant.name', code: 'field/required' })
  return problems
}

function feeOf(procedure: Procedure, command: ReceiveDossier): Result<FeeDue, Refusal> {
  const fee = feeFor(procedure.fee, command.declaration, command.exemption, command.enteredFeeVnd)
  if (!fee.ok) return fee
  return ok({
    amountVnd: fee.value.amountVnd,
    ...(command.exemption ? { exemption: command.exemption } : {}),
    ...(fee.value.entered && command.enteredFeeVnd !== undefined ? { enteredVnd: command.enteredFeeVnd } : {}),
  })
}

function dueOf(procedure: Procedure, command: ReceiveDossier, context: DecisionContext): Result<Due, Refusal> {
  const receivedAt = context.effectiveAt ?? context.at
  if (procedure.processing.rule === 'entered') {
    if (!command.enteredDueAt) return err({ code: 'due/must-be-entered' })
    if (command.enteredDueAt < receivedAt) return err({ code: 'due/before-receipt' })
    return ok({ dueAt: command.enteredDueAt, verified: false })
  }
  const due = dueDate(receivedAt, procedure.processing, context.law.calendar)
  return ok({ dueAt: due.dueAt, verified: due.verified })
}
