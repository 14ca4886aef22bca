import { formatPartialDate } from '../../../../shared/core/partial-date.ts'
import { foldText } from '../../../../shared/core/text-folding.ts'
import type { CitizenCard } from '../../../../shared/domain/citizen-card.ts'
import { type FormField, fieldsOf } from '../../../../shared/law/declaration-form.ts'
import type { Procedure } from '../../../../shared/law/procedure.ts'
import { type FormValues, fieldName } from '../../../forms/field-name.ts'
import { typedAnswer } from '../../../forms/typed-answer.ts'
import {
  applicantGroup,
  applicantKindOf,
  declarationGroup,
  delegateFields,
  delegateGroup,
  personFields,
} from './applicant-fields.ts'

/** One value to put into one field. */
export interface Fill {
  readonly name: string
  readonly label: string
  readonly value: string
}

/** What a person is known by, in whatever form the target field keeps it. */
export interface PersonFacts {
  readonly name?: string
  readonly personalId?: string
  readonly bornOn?: string
  readonly gender?: 'male' | 'female'
  readonly address?: string
  readonly phone?: string
  readonly email?: string
}

/** Only digits are trusted when the scanner broke the letters. */
export function factsOfCard(card: CitizenCard): PersonFacts {
  return {
    personalId: card.personalId,
    ...(card.bornOn ? { bornOn: card.bornOn } : {}),
    ...(card.gender ? { gender: card.gender } : {}),
    ...(card.lettersReadable ? { name: card.name, address: card.address } : {}),
  }
}

/** The block of person fields a field stands in: the applicant's unless the cursor is in another person's. */
export interface PersonBlock {
  readonly group: string
  readonly prefix: string
  readonly title?: string
  readonly fields: readonly FormField[]
}

export function applicantBlock(): PersonBlock {
  return { group: applicantGroup.person, prefix: '', fields: personFields() }
}

export function findPersonBlock(
  focusedName: string | undefined,
  procedure: Procedure | undefined,
): PersonBlock | undefined {
  if (!focusedName) return undefined
  if (focusedName.startsWith(`${delegateGroup}/`)) return { group: delegateGroup, prefix: '', fields: delegateFields() }
  if (!procedure || !focusedName.startsWith(`${declarationGroup}/`)) return undefined
  const section = procedure.form.sections.find(
    ({ personPrefix, fields }) =>
      personPrefix !== undefined && fields.some(({ key }) => fieldName(declarationGroup, key) === focusedName),
  )
  if (!section?.personPrefix) return undefined
  const prefix = `${section.personPrefix}.`
  return { group: declarationGroup, prefix, title: section.title, fields: fieldsOf(procedure.form) }
}

/** Key endings by which forms name the facts of a person. */
const endings: Readonly<Record<keyof PersonFacts, readonly string[]>> = {
  name: ['name', 'fullName'],
  personalId: ['personalId', 'idNumber', 'idNo', 'identityNumber'],
  bornOn: ['bornOn', 'birthDate', 'dateOfBirth'],
  gender: ['gender', 'sex'],
  address: ['address', 'residence', 'permanentAddress', 'placeOfResidence'],
  phone: ['phone'],
  email: ['email'],
}

/** The facts that the block has fields for, spelled as each field keeps them. */
export function fillsFor(facts: PersonFacts, block: PersonBlock): readonly Fill[] {
  const fills: Fill[] = []
  for (const [fact, names] of Object.entries(endings) as [keyof PersonFacts, readonly string[]][]) {
    const known = facts[fact]
    const field = names.map((name) => block.fields.find(({ key }) => key === block.prefix + name)).find(Boolean)
    if (known === undefined || known === '' || !field) continue
    const value = fact === 'gender' ? genderWord(known, field) : spelled(fact, known, field)
    if (value !== undefined) fills.push({ name: fieldName(block.group, field.key), label: field.label, value })
  }
  return fills
}

function spelled(fact: keyof PersonFacts, known: string, field: FormField): string | undefined {
  if (fact === 'bornOn' && field.kind === 'date' && known.length < 10) return undefined
  return fact === 'bornOn' ? formatPartialDate(known) : typedAnswer(field.kind, known)
}

function genderWord(gender: string, field: FormField): string | undefined {
  const words = gender === 'male' ? ['male', 'nam'] : ['female', 'nu']
  return field.options?.find((option) => words.includes(foldText(option)))
}

export function applicantIsEmpty(values: FormValues): boolean {
  return !personFields().some(({ key }) => (values[fieldName(applicantGroup.person, key)] ?? '').trim() !== '')
}

export function scanTarget(
  focusedName: string | undefined,
  values: FormValues,
  procedure: Procedure | undefined,
): PersonBlock {
  if (applicantKindOf(values) === 'person' && applicantIsEmpty(values)) return applicantBlock()
  return findPersonBlock(focusedName, procedure) ?? applicantBlock()
}
