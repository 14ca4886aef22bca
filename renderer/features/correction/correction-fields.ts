import { type FieldPart, findFieldText } from '../../../shared/domain/correction.ts'
import { type Dossier, receptionOf } from '../../../shared/domain/dossier.ts'
import { mayCorrect } from '../../../shared/domain/permissions.ts'
import { documentStates } from '../../../shared/domain/submitted-document.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import type { Role } from '../../../shared/law/staff.ts'
import type { FieldDefinition } from '../../forms/field-props.ts'
import { t } from '../../text/t.ts'
import { organisationFields, personFields } from '../intake/applicant/applicant-fields.ts'

/** Fields that stand together on the screen; `prefix` is what the domain puts before their keys. */
export interface CorrectionGroup {
  readonly title: string
  readonly part: FieldPart
  readonly prefix: string
  readonly fields: readonly FieldDefinition[]
}

/** The group's name in the form: react-hook-form reads dots as nesting. */
export function formGroupOf(prefix: string): string {
  return prefix.replaceAll('.', '/')
}

/** Everything of a dossier that can be corrected, in the order of the paper. */
export function correctionGroups(dossier: Dossier, procedure: Procedure | undefined): readonly CorrectionGroup[] {
  const reception = receptionOf(dossier)
  const applicant = dossier.applicant.kind === 'person' ? personFields() : organisationFields()
  const groups: CorrectionGroup[] = [
    { title: t('dossier.applicant'), part: 'applicant', prefix: 'applicant', fields: applicant },
    ...(reception ? (procedure?.form.sections ?? []) : []).map(({ title, fields }) => ({
      title,
      part: 'declaration' as const,
      prefix: 'declaration',
      fields,
    })),
    ...(reception?.documents ?? []).map((document) => ({
      title: document.name,
      part: 'documents' as const,
      prefix: `documents.${document.documentId}`,
      fields: documentFields(),
    })),
    { title: t('correction.deliverable'), part: 'deliverable', prefix: 'deliverable', fields: deliverableFields() },
  ]
  return groups.filter(({ prefix, fields }) => {
    return fields.some(({ key }) => findFieldText(dossier, `${prefix}.${key}`) !== undefined)
  })
}

export function groupsOfRole(groups: readonly CorrectionGroup[], role: Role): readonly CorrectionGroup[] {
  return groups.filter(({ part }) => mayCorrect(role, part))
}

/** A field by its name in the domain, with the words it has on its form; undefined when no form here knows it. */
export function findField(
  groups: readonly CorrectionGroup[],
  name: string,
): { readonly group: CorrectionGroup; readonly field: FieldDefinition } | undefined {
  for (const group of groups) {
    const field = group.fields.find(({ key }) => `${group.prefix}.${key}` === name)
    if (field) return { group, field }
  }
  return undefined
}

/** "Giấy chứng sinh: Tình trạng" where the label alone would not tell which. */
export function labelOf(groups: readonly CorrectionGroup[], name: string): string {
  const found = findField(groups, name)
  if (!found) return name
  return found.group.part === 'applicant' ? found.field.label : `${found.group.title}: ${found.field.label}`
}

function documentFields(): readonly FieldDefinition[] {
  const optionLabels = Object.fromEntries(documentStates.map((state) => [state, t(`statuses.document.${state}`)]))
  return [
    {
      key: 'state',
      label: t('correction.documentState'),
      kind: 'choice',
      span: 4,
      required: true,
      options: [...documentStates],
      optionLabels,
    },
    { key: 'originals', label: t('correction.originals'), kind: 'count', span: 2, required: false },
    { key: 'copies', label: t('correction.copies'), kind: 'count', span: 2, required: false },
    { key: 'note', label: t('correction.documentNote'), kind: 'text', span: 4, required: false },
  ]
}

function deliverableFields(): readonly FieldDefinition[] {
  return [
    { key: 'name', label: t('dossier.finishDialog.name'), kind: 'text', span: 6, required: true },
    { key: 'number', label: t('correction.deliverableNumber'), kind: 'text', span: 3, required: false },
    { key: 'issuedOn', label: t('correction.issuedOn'), kind: 'date', span: 3, required: false },
  ]
}
