import type { DossierId } from '../../shared/core/ids.ts'
import type { ReceiveDossier } from '../../shared/domain/command.ts'
import { needsEnteredFee } from '../../shared/domain/fee.ts'
import type { SubmittedDocument } from '../../shared/domain/submitted-document.ts'
import type { FormField } from '../../shared/law/declaration-form.ts'
import type { Procedure } from '../../shared/law/procedure.ts'

/** An answer that fits a field, so that any procedure of the catalogue can be received. */
export function answerFor(field: FormField): string {
  switch (field.kind) {
    case 'personal-id':
      return '036085999991'
    case 'phone':
      return '0912345678'
    case 'partial-date':
      return '1987-09'
    case 'date':
      return '2022-08-09'
    case 'time':
      return '07:30'
    case 'choice':
      return field.options?.[0] ?? ''
    case 'yes-no':
      return 'yes'
    case 'count':
      return '2'
    case 'money':
      return '10000'
    default:
      return 'Nguyễn Văn Thử'
  }
}

export function declarationFor(procedure: Procedure): Readonly<Record<string, string>> {
  const answers: Record<string, string> = {}
  for (const field of procedure.form.sections.flatMap((section) => section.fields)) {
    const shown = !field.when || field.when.oneOf.includes(answers[field.when.key] ?? '')
    if (shown) answers[field.key] = answerFor(field)
  }
  return answers
}

export function documentsFor(procedure: Procedure): readonly SubmittedDocument[] {
  return procedure.documents
    .filter((document) => document.mandatory)
    .map((document) => ({
      documentId: document.id,
      name: document.name,
      state: document.mode === 'present' ? 'presented' : 'original',
      originals: document.originals,
      copies: document.copies,
      scans: [],
    }))
}

export function receiveCommand(
  procedure: Procedure,
  dossierId: string,
  change: Partial<ReceiveDossier> = {},
): ReceiveDossier {
  return {
    type: 'receive-dossier',
    dossierId: dossierId as DossierId,
    procedureCode: procedure.code,
    channel: 'direct',
    applicant: { kind: 'person', name: 'Nguyễn Văn Thử', personalId: '036085999991', phone: '0912345678' },
    declaration: declarationFor(procedure),
    documents: [...documentsFor(procedure)],
    delivery: 'counter',
    ...(needsEnteredFee(procedure.fee, declarationFor(procedure)) ? { enteredFeeVnd: 15_000 } : {}),
    ...(procedure.processing.rule === 'entered' ? { enteredDueAt: '2099-01-04T10:00:00.000Z' } : {}),
    ...change,
  }
}
