import type { DossierId } from '../../../shared/core/ids.ts'
import type { ReceiveDossier } from '../../../shared/domain/command.ts'
import { needsEnteredFee } from '../../../shared/domain/fee.ts'
import type { Scan, SubmittedDocument } from '../../../shared/domain/submitted-document.ts'
import { type Declaration, type FormField, isFieldShown } from '../../../shared/law/declaration-form.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import { address, applicant, birthday, personalId, personName, phone } from './people.ts'
import type { Draw } from './random.ts'
import { account, remark, shortAnswer } from './texts.ts'

/** What an officer would type at the counter for a procedure. */
export function reception(
  draw: Draw,
  procedure: Procedure,
  dossierId: DossierId,
  enteredDueAt: string,
): ReceiveDossier {
  const declaration = declare(draw, procedure)
  return {
    type: 'receive-dossier',
    dossierId,
    procedureCode: procedure.code,
    channel: draw.chance(0.9) ? 'direct' : 'online',
    applicant: applicant(draw),
    ...(draw.chance(0.1) ? { delegate: delegate(draw) } : {}),
    declaration,
    documents: procedure.documents.map((document) => submitted(draw, document)),
    ...(needsEnteredFee(procedure.fee, declaration) ? { enteredFeeVnd: draw.between(1, 10) * 5000 } : {}),
    ...(procedure.processing.rule === 'entered' ? { enteredDueAt } : {}),
    delivery: draw.chance(0.95) ? 'counter' : 'postal',
  }
}

function delegate(draw: Draw): NonNullable<ReceiveDossier['delegate']> {
  return {
    name: personName(draw),
    personalId: personalId(draw),
    phone: phone(draw),
    authority: `Giấy ủy quyền số ${draw.between(10, 900)}/2022, chứng thực tại UBND thị trấn Gôi ngày 10/08/2022`,
  }
}

/** Required answers always, the others nearly always: at the counter the form is gone through from top to bottom. */
function declare(draw: Draw, procedure: Procedure): Declaration {
  const answers: Record<string, string> = {}
  for (const field of procedure.form.sections.flatMap((section) => section.fields)) {
    if (isFieldShown(field, answers) && (field.required || draw.chance(0.7))) answers[field.key] = answer(draw, field)
  }
  return answers
}

function answer(draw: Draw, field: FormField): string {
  switch (field.kind) {
    case 'person-name':
      return personName(draw)
    case 'personal-id':
      return personalId(draw)
    case 'phone':
      return phone(draw)
    case 'partial-date':
    case 'date':
      return birthday(draw)
    case 'time':
      return '07:30'
    case 'address':
      return address(draw)
    case 'choice':
      return draw.pick(field.options ?? [''])
    case 'yes-no':
      return draw.pick(['yes', 'no'])
    case 'count':
      return String(draw.between(1, 4))
    case 'money':
      return String(draw.between(1, 90) * 100_000)
    case 'text':
      return field.suggestion ?? shortAnswer(draw)
    case 'long-text':
      return account(draw)
  }
}

function submitted(draw: Draw, document: Procedure['documents'][number]): SubmittedDocument {
  const needed = document.mandatory || draw.chance(0.55)
  const presented = document.mode === 'present'
  return {
    documentId: document.id,
    name: document.name,
    state: !needed ? 'not-needed' : presented ? 'presented' : 'original',
    originals: needed ? document.originals : 0,
    copies: needed ? document.copies : 0,
    ...(needed ? { note: `${remark(draw)} ${remark(draw)}` } : {}),
    scans: [] as Scan[],
  }
}
