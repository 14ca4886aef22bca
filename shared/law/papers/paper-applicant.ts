import type { Applicant } from '../../domain/applicant.ts'
import { formatPhone } from '../field-formats.ts'

/** The applicant as papers name them. */
export interface PaperApplicant {
  readonly name: string
  /** "Số định danh: 036190012345", "Mã số thuế: 0600123456". */
  readonly identity?: string
  /** Who signs for an organisation. */
  readonly representative?: string
  readonly address?: string
  readonly phone?: string
  readonly email?: string
}

export function paperApplicantOf(applicant: Applicant): PaperApplicant {
  const { name, address, phone, email } = applicant
  const contact = { name, address, phone: phone && formatPhone(phone), email }
  if (applicant.kind === 'person') {
    return { ...contact, identity: labelled('Số định danh', applicant.personalId) }
  }
  return { ...contact, identity: labelled('Mã số thuế', applicant.taxCode), representative: applicant.representative }
}

function labelled(label: string, value: string | undefined): string | undefined {
  return value ? `${label}: ${value}` : undefined
}
