import { foldText } from '../../core/text-folding.ts'
import type { Declaration, DeclarationForm, FormField } from '../declaration-form.ts'

/** A declared fact as a paper repeats it. */
export interface DeclaredFact {
  readonly label: string
  readonly value: string
}

/** How forms name a person's name; the section's title then says who it is. */
const personNameLabel = 'Họ, chữ đệm, tên'

/** Keys of what a certification is about: kind of paper, pages, copies, electronic copy. */
const certifiedPrefix = 'certified.'

/** Whom the dossier is about, "Trẻ được khai sinh: Trần Minh Khôi": the first person of the form, unless that is the applicant. */
export function findSubject(
  form: DeclarationForm,
  declaration: Declaration,
  applicantName: string,
): DeclaredFact | undefined {
  for (const section of form.sections) {
    const field = section.fields.find(({ kind }) => kind === 'person-name')
    if (!field) continue
    const value = declaration[field.key]
    if (!value || foldText(value) === foldText(applicantName)) return undefined
    return { label: field.label.startsWith(personNameLabel) ? section.title : field.label, value }
  }
  return undefined
}

/** The facts of a certification, which its receipt states beside the papers: số trang, số bản, ký bản điện tử. */
export function certificationFacts(form: DeclarationForm, declaration: Declaration): readonly DeclaredFact[] {
  return form.sections
    .flatMap((section) => section.fields)
    .filter(({ key }) => key.startsWith(certifiedPrefix))
    .flatMap((field) => {
      const value = declaration[field.key]
      return value ? [{ label: field.label, value: printedValue(field, value) }] : []
    })
}

function printedValue({ kind }: FormField, value: string): string {
  if (kind !== 'yes-no') return value
  return value === 'yes' ? 'Có' : 'Không'
}
