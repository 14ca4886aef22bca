import type { Instant } from '../../../../shared/core/time.ts'
import { dueDate } from '../../../../shared/domain/due-date.ts'
import { feeFor, needsEnteredFee } from '../../../../shared/domain/fee.ts'
import type { WorkingCalendar } from '../../../../shared/law/calendar.ts'
import type { Procedure } from '../../../../shared/law/procedure.ts'
import { checkIntake, type Section, sections } from '../check-intake.ts'
import type { IntakeSession } from '../draft-content.ts'
import { buildReceiveCommand } from '../submit/build-command.ts'
import type { Preview } from './preview-context.ts'

export function buildPreview(
  session: IntakeSession,
  procedure: Procedure,
  calendar: WorkingCalendar | undefined,
  now: Instant,
): Preview {
  const command = buildReceiveCommand(session, procedure)
  const { problems, missing } = checkIntake(session, procedure, now)
  const fee = feeFor(procedure.fee, command.declaration, command.exemption, command.enteredFeeVnd)
  const open = new Set<Section>(problems.map(({ section }) => section))
  if (missing.length > 0) open.add('documents')
  return {
    now,
    applicant: command.applicant,
    ...(command.delegate ? { delegate: command.delegate } : {}),
    documents: command.documents,
    taken: new Set(command.documents.map(({ documentId }) => documentId)),
    missing: new Set(missing.map(({ id }) => id)),
    problems: problems.length,
    done: new Set(sections.filter((section) => !open.has(section))),
    ...(fee.ok ? { fee: fee.value } : {}),
    needsEnteredFee: needsEnteredFee(procedure.fee, command.declaration),
    ...(calendar ? { due: dueDate(now, procedure.processing, calendar) } : {}),
    ...(command.enteredDueAt ? { enteredDueAt: command.enteredDueAt } : {}),
    delivery: command.delivery,
  }
}
