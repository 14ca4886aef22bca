import { type FormField, fieldsOf, isFieldShown } from '../../../shared/law/declaration-form.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'

/** A readable answer as an officer would type it. */
export function typedAnswerFor(field: FormField): string {
  switch (field.kind) {
    case 'person-name':
      return 'Trần Minh Khôi'
    case 'personal-id':
      return '036085004217'
    case 'phone':
      return '0912 345 678'
    case 'partial-date':
      return '1988'
    case 'date':
      return '09082022'
    case 'time':
      return '8h30'
    case 'address':
      return 'Thôn Vân Cát, Kim Thái'
    case 'choice':
      return field.options?.[0] ?? ''
    case 'yes-no':
      return 'yes'
    case 'count':
      return '2'
    case 'money':
      return '50.000'
    default:
      return field.suggestion ?? 'Nội dung khai'
  }
}

/** Answers to every field that is shown, given the answers before it. */
export function answersFor(
  procedure: Procedure,
  wanted: (field: FormField) => boolean = () => true,
): Record<string, string> {
  const answers: Record<string, string> = {}
  for (const field of fieldsOf(procedure.form)) {
    if (isFieldShown(field, answers) && wanted(field)) answers[field.key] = typedAnswerFor(field)
  }
  return answers
}

/** An applicant as typed, by the names of the fields. */
export const typedApplicant = {
  'applicant/name': 'Vũ Thị Thảo',
  'applicant/personalId': '036190012345',
  'applicant/bornOn': '14051990',
  'applicant/gender': 'female',
  'applicant/phone': '0912 345 678',
  'applicant/address': 'Tổ dân phố Tây Côi Sơn, thị trấn Gôi',
} as const
