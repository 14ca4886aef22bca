import type { FieldDefinition } from '../../../forms/field-props.ts'
import { t } from '../../../text/t.ts'

/** Field groups of the screen. A person and an organisation keep their own answers, so that switching loses nothing. */
export const applicantGroup = { person: 'applicant', organisation: 'organisation' } as const
export const delegateGroup = 'delegate'
export const declarationGroup = 'declaration'

export const controls = {
  applicantKind: 'control/applicant-kind',
  hasDelegate: 'control/has-delegate',
  channel: 'control/channel',
  delivery: 'control/delivery',
  exemption: 'fee/exemption',
  enteredFee: 'fee/entered',
  dueDate: 'due/date',
  dueTime: 'due/time',
} as const

export type ApplicantKind = keyof typeof applicantGroup

export function personFields(): readonly FieldDefinition[] {
  return [
    { key: 'name', label: t('intake.applicant.name'), kind: 'person-name', span: 5, required: true },
    { key: 'personalId', label: t('intake.applicant.personalId'), kind: 'personal-id', span: 4, required: false },
    { key: 'bornOn', label: t('intake.applicant.bornOn'), kind: 'partial-date', span: 3, required: false },
    { key: 'gender', label: t('intake.applicant.gender'), kind: 'choice', span: 3, required: false, ...genderChoice() },
    { key: 'phone', label: t('intake.applicant.phone'), kind: 'phone', span: 4, required: false },
    { key: 'email', label: t('intake.applicant.email'), kind: 'text', span: 5, required: false },
    { key: 'address', label: t('intake.applicant.address'), kind: 'address', span: 12, required: false },
  ]
}

export function organisationFields(): readonly FieldDefinition[] {
  return [
    { key: 'name', label: t('intake.applicant.organisationName'), kind: 'text', span: 8, required: true },
    { key: 'taxCode', label: t('intake.applicant.taxCode'), kind: 'text', span: 4, required: false },
    {
      key: 'representative',
      label: t('intake.applicant.representative'),
      kind: 'person-name',
      span: 5,
      required: false,
    },
    { key: 'phone', label: t('intake.applicant.phone'), kind: 'phone', span: 3, required: false },
    { key: 'email', label: t('intake.applicant.email'), kind: 'text', span: 4, required: false },
    { key: 'address', label: t('intake.applicant.organisationAddress'), kind: 'address', span: 12, required: false },
  ]
}

export function delegateFields(): readonly FieldDefinition[] {
  return [
    { key: 'name', label: t('intake.applicant.name'), kind: 'person-name', span: 5, required: true },
    { key: 'personalId', label: t('intake.applicant.personalId'), kind: 'personal-id', span: 4, required: false },
    { key: 'phone', label: t('intake.applicant.phone'), kind: 'phone', span: 3, required: false },
    {
      key: 'authority',
      label: t('intake.applicant.delegateAuthority'),
      kind: 'text',
      span: 12,
      required: false,
      hint: t('intake.applicant.delegateAuthorityHint'),
    },
  ]
}

function genderChoice(): Pick<FieldDefinition, 'options' | 'optionLabels'> {
  return {
    options: ['male', 'female'],
    optionLabels: { male: t('intake.applicant.male'), female: t('intake.applicant.female') },
  }
}

export function genderOf(value: string | undefined): 'male' | 'female' | undefined {
  return value === 'male' || value === 'female' ? value : undefined
}

export function applicantKindOf(values: Readonly<Record<string, string>>): ApplicantKind {
  return values[controls.applicantKind] === 'organisation' ? 'organisation' : 'person'
}
