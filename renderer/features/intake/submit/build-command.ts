import { tidyText } from '../../../../shared/core/text-folding.ts'
import { type Instant, instantAt } from '../../../../shared/core/time.ts'
import type { Applicant, Delegate } from '../../../../shared/domain/applicant.ts'
import type { ReceiveDossier } from '../../../../shared/domain/command.ts'
import { needsEnteredFee } from '../../../../shared/domain/fee.ts'
import type { SubmittedDocument } from '../../../../shared/domain/submitted-document.ts'
import { fieldsOf, shownAnswers } from '../../../../shared/law/declaration-form.ts'
import type { Procedure } from '../../../../shared/law/procedure.ts'
import { answersOf, type FormValues } from '../../../forms/field-name.ts'
import { parseAmount, storedAnswer } from '../../../forms/typed-answer.ts'
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
} from '../applicant/applicant-fields.ts'
import { documentField, documentKey, submittedDocument } from '../documents/document-fields.ts'
import type { IntakeSession } from '../draft-content.ts'

/** What the officer's answers ask for. Hidden answers stay in the draft and are dropped here. */
export function buildReceiveCommand(session: IntakeSession, procedure: Procedure): ReceiveDossier {
  const { values } = session
  const delegate = delegateOf(values)
  const exemption = tidyText(values[controls.exemption] ?? '')
  const declaration = declarationOf(procedure, values)
  const enteredFeeVnd = needsEnteredFee(procedure.fee, declaration) ? enteredFeeOf(values) : undefined
  const enteredDueAt = procedure.processing.rule === 'entered' ? enteredDueOf(values) : undefined
  return {
    type: 'receive-dossier',
    dossierId: session.dossierId,
    procedureCode: procedure.code,
    channel: values[controls.channel] === 'postal' ? 'postal' : 'direct',
    applicant: applicantOf(values),
    ...(delegate ? { delegate } : {}),
    declaration,
    documents: documentsOf(session, procedure),
    ...(exemption ? { exemption } : {}),
    ...(enteredFeeVnd !== undefined ? { enteredFeeVnd } : {}),
    ...(enteredDueAt !== undefined ? { enteredDueAt } : {}),
    delivery: values[controls.delivery] === 'postal' ? 'postal' : 'counter',
  }
}

export function declarationOf(procedure: Procedure, values: FormValues) {
  return shownAnswers(procedure.form, answersOf(declarationGroup, fieldsOf(procedure.form), values))
}

export function applicantOf(values: FormValues): Applicant {
  const kind = applicantKindOf(values)
  if (kind === 'organisation') {
    const { name = '', ...rest } = answersOf(applicantGroup.organisation, organisationFields(), values)
    return { kind, name, ...rest }
  }
  const { name = '', gender, ...rest } = answersOf(applicantGroup.person, personFields(), values)
  const knownGender = genderOf(gender)
  return { kind, name, ...rest, ...(knownGender ? { gender: knownGender } : {}) }
}

export function delegateOf(values: FormValues): Delegate | undefined {
  if (values[controls.hasDelegate] !== 'yes') return undefined
  const { name = '', ...rest } = answersOf(delegateGroup, delegateFields(), values)
  return { name, ...rest }
}

export function enteredFeeOf(values: FormValues): number | undefined {
  const digits = parseAmount(values[controls.enteredFee] ?? '')
  return digits === undefined ? undefined : Number(digits)
}

export function enteredDueOf(values: FormValues): Instant | undefined {
  const date = storedAnswer('date', values[controls.dueDate] ?? '')
  const time = storedAnswer('time', values[controls.dueTime] || '17:00')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time)) return undefined
  return instantAt(date, time)
}

/** Required documents in the order of the law, then what else was brought. */
export function documentsOf(
  session: Pick<IntakeSession, 'values' | 'scans' | 'extraDocuments'>,
  procedure: Procedure,
): SubmittedDocument[] {
  const { values, scans, extraDocuments } = session
  const required = procedure.documents.map(({ id, name }) => ({
    key: documentKey(procedure.code, id),
    documentId: id,
    name,
  }))
  const extras = extraDocuments.map((id) => ({
    key: id,
    documentId: id,
    name: tidyText(values[documentField(id, 'name')] ?? ''),
  }))
  return [...required, ...extras.filter(({ name }) => name !== '')].flatMap(
    (source) => submittedDocument(source, values, scans[source.key] ?? []) ?? [],
  )
}
