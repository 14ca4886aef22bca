import { type Applicant, applicantSchema } from './applicant.ts'
import { type Dossier, type Reception, receptionOf } from './dossier.ts'
import { type Deliverable, deliverableSchema } from './event.ts'
import type { FieldChange } from './field-change.ts'
import { type SubmittedDocument, submittedDocumentSchema } from './submitted-document.ts'

/**
 * ```
 * field name ─► part of the dossier ─► its text now · the dossier with another text
 * ```
 * 1. Everything an officer may correct has a name and is text here; empty means not given.
 * 2. Writing is total: a value that does not fit its field changes nothing and gives undefined.
 * 3. Number, procedure, fee, due date and scans are what the receipt promised; they are not corrected this way.
 */
const personFields = ['name', 'personalId', 'bornOn', 'gender', 'phone', 'email', 'address'] as const
const organisationFields = ['name', 'taxCode', 'representative', 'phone', 'email', 'address'] as const
const documentFields = ['state', 'originals', 'copies', 'note'] as const
const deliverableFields = ['name', 'number', 'issuedOn'] as const

export type FieldPart = 'applicant' | 'declaration' | 'documents' | 'deliverable'

/** A field's name taken apart: `documents.m1.state` is `state` of the document `m1`. */
export interface FieldPlace {
  readonly part: FieldPart
  readonly key: string
  readonly documentId?: string
}

export function findFieldPlace(field: string): FieldPlace | undefined {
  const dot = field.indexOf('.')
  const part = field.slice(0, dot)
  const key = field.slice(dot + 1)
  if (dot < 0 || key === '') return undefined
  if (part === 'applicant' || part === 'declaration' || part === 'deliverable') return { part, key }
  const last = key.lastIndexOf('.')
  return part === 'documents' && last > 0
    ? { part, documentId: key.slice(0, last), key: key.slice(last + 1) }
    : undefined
}

/** The text of a field as the dossier has it; undefined when the dossier has no such field. */
export function findFieldText(dossier: Dossier, field: string): string | undefined {
  const place = findFieldPlace(field)
  if (!place) return undefined
  const { part, key } = place
  switch (part) {
    case 'applicant':
      return isOneOf(applicantFieldsOf(dossier.applicant), key) ? textOf(dossier.applicant, key) : undefined
    case 'declaration': {
      const reception = receptionOf(dossier)
      return reception && textOf(reception.declaration, key)
    }
    case 'documents': {
      const document = receptionOf(dossier)?.documents.find(({ documentId }) => documentId === place.documentId)
      return document && isOneOf(documentFields, key) ? textOf(document, key) : undefined
    }
    case 'deliverable':
      if (!isOneOf(deliverableFields, key)) return undefined
      return hasDeliverable(dossier) ? textOf(deliverableOf(dossier) ?? {}, key) : undefined
  }
}

/** The names of the applicant's and the papers' fields, and of the result's once there is one; a form gives the others. */
export function correctableFields(dossier: Dossier): readonly string[] {
  const documents = receptionOf(dossier)?.documents ?? []
  return [
    ...applicantFieldsOf(dossier.applicant).map((key) => `applicant.${key}`),
    ...documents.flatMap(({ documentId }) => documentFields.map((key) => `documents.${documentId}.${key}`)),
    ...(hasDeliverable(dossier) ? deliverableFields.map((key) => `deliverable.${key}`) : []),
  ]
}

/** The dossier with one field changed; undefined when there is no such field or the text does not fit it. */
export function withField(dossier: Dossier, field: string, text: string): Dossier | undefined {
  const place = findFieldPlace(field)
  if (!place || findFieldText(dossier, field) === undefined) return undefined
  const { part, key } = place
  switch (part) {
    case 'applicant': {
      const applicant = applicantSchema.safeParse(withText(dossier.applicant, key, text))
      return applicant.success ? { ...dossier, applicant: applicant.data } : undefined
    }
    case 'declaration':
      return withReception(dossier, (reception) => ({
        ...reception,
        declaration: withText(reception.declaration, key, text) as Reception['declaration'],
      }))
    case 'documents': {
      const documents = receptionOf(dossier)?.documents.map((document) =>
        document.documentId === place.documentId ? withDocumentText(document, key, text) : document,
      )
      const fitting = documents?.flatMap((document) => document ?? [])
      if (!fitting || fitting.length !== documents?.length) return undefined
      return withReception(dossier, (reception) => ({ ...reception, documents: fitting }))
    }
    case 'deliverable': {
      const deliverable = deliverableSchema.safeParse(withText(deliverableOf(dossier) ?? {}, key, text))
      return deliverable.success ? withDeliverable(dossier, deliverable.data) : undefined
    }
  }
}

/** True when the text fits its field: asked before a third value is taken. */
export function fitsField(dossier: Dossier, field: string, text: string): boolean {
  const next = withField(dossier, field, text)
  return next !== undefined && findFieldText(next, field) === text
}

/** All changes that fit, one after the other. */
export function withChanges(dossier: Dossier, changes: readonly FieldChange[]): Dossier {
  return inWritableOrder(changes).reduce<Dossier>((next, { field, to }) => withField(next, field, to) ?? next, dossier)
}

/** A result without a name does not fit, so its name is written first. */
function inWritableOrder(changes: readonly FieldChange[]): readonly FieldChange[] {
  const isName = ({ field }: FieldChange) => field === 'deliverable.name'
  return [...changes.filter(isName), ...changes.filter((change) => !isName(change))]
}

/** Fields that both sides changed, each to something else: `from` is no longer what the dossier has. */
export function changedMeanwhile(dossier: Dossier, changes: readonly FieldChange[]): readonly FieldChange[] {
  return changes.filter(({ field, from, to }) => {
    const now = findFieldText(dossier, field)
    return now !== undefined && now !== from && now !== to
  })
}

/** What the receipt shows comes from the applicant, the answers and the papers, never from the result. */
export function touchesReceipt({ field, from, to }: FieldChange): boolean {
  return from !== to && findFieldPlace(field)?.part !== 'deliverable'
}

export function deliverableOf(dossier: Dossier): Deliverable | undefined {
  const { state } = dossier
  return state.status === 'finished' || state.status === 'handed-over' ? state.deliverable : undefined
}

function hasDeliverable({ state }: Dossier): boolean {
  return state.status === 'finished' || state.status === 'handed-over'
}

function withDeliverable(dossier: Dossier, deliverable: Deliverable): Dossier {
  const { state } = dossier
  if (state.status !== 'finished' && state.status !== 'handed-over') return dossier
  return { ...dossier, state: { ...state, deliverable } }
}

function withReception(dossier: Dossier, change: (reception: Reception) => Reception): Dossier | undefined {
  const { state } = dossier
  if (state.status === 'refused') return undefined
  return { ...dossier, state: { ...state, reception: change(state.reception) } }
}

function withDocumentText(document: SubmittedDocument, key: string, text: string): SubmittedDocument | undefined {
  const counted = key === 'originals' || key === 'copies'
  if (counted && !/^\d{1,3}$/.test(text)) return undefined
  const next = counted ? { ...document, [key]: Number(text) } : withText(document, key, text)
  const read = submittedDocumentSchema.safeParse(next)
  return read.success ? read.data : undefined
}

function applicantFieldsOf(applicant: Applicant): readonly string[] {
  return applicant.kind === 'person' ? personFields : organisationFields
}

function isOneOf(keys: readonly string[], key: string): boolean {
  return keys.includes(key)
}

function textOf(values: object, key: string): string {
  const value = Object.hasOwn(values, key) ? (values as Readonly<Record<string, unknown>>)[key] : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** An empty text takes the key away: an answer not given is absent, not empty. */
function withText(values: object, key: string, text: string): object {
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => name !== key))
  return text === '' ? others : { ...others, [key]: text }
}
