import { tidyText } from '../../../../shared/core/text-folding.ts'
import {
  type DocumentState,
  documentStates,
  type SubmittedDocument,
} from '../../../../shared/domain/submitted-document.ts'
import type { RequiredDocument } from '../../../../shared/law/procedure.ts'
import type { FormValues } from '../../../forms/field-name.ts'
import type { AttachedScan } from '../draft-content.ts'

/** Document ids are only unique within a procedure; another procedure's answers stay in the draft, unused. */
export function documentKey(procedureCode: string, documentId: string): string {
  return `${procedureCode}/${documentId}`.replaceAll('.', '-')
}

export type DocumentPart = 'state' | 'originals' | 'copies' | 'note' | 'name'

export function documentField(key: string, part: DocumentPart): string {
  return `documents/${key}/${part}`
}

export function stateOf(values: FormValues, key: string): DocumentState | undefined {
  return documentStates.find((state) => state === values[documentField(key, 'state')])
}

interface Counts {
  readonly originals: number
  readonly copies: number
}

/** What the law asks for is the first proposal when a state is chosen. */
export function proposedCounts(document: Counts, state: DocumentState): Counts {
  switch (state) {
    case 'original':
      return { originals: Math.max(1, document.originals), copies: document.copies }
    case 'copy':
      return { originals: 0, copies: Math.max(1, document.copies) }
    default:
      return { originals: 0, copies: 0 }
  }
}

/** How a document is usually handed in. */
export function usualState(document: RequiredDocument): DocumentState {
  if (document.mode === 'present') return 'presented'
  return document.originals === 0 && document.copies > 0 ? 'copy' : 'original'
}

/** Mandatory documents still open; of an alternative group only the first. */
export function openMandatory(
  documents: readonly RequiredDocument[],
  isTaken: (document: RequiredDocument) => boolean,
) {
  const satisfied = new Set(documents.filter(isTaken).map((document) => document.alternativeGroup))
  satisfied.delete(undefined)
  return documents.filter((document) => {
    if (!document.mandatory || isTaken(document)) return false
    if (document.alternativeGroup === undefined) return true
    const first = !satisfied.has(document.alternativeGroup)
    satisfied.add(document.alternativeGroup)
    return first
  })
}

interface DocumentSource {
  readonly key: string
  readonly documentId: string
  readonly name: string
}

/** A document as the command states it; undefined while nobody accounted for it. */
export function submittedDocument(
  source: DocumentSource,
  values: FormValues,
  scans: readonly AttachedScan[],
): SubmittedDocument | undefined {
  const state = stateOf(values, source.key)
  const note = tidyText(values[documentField(source.key, 'note')] ?? '')
  if (!state) return undefined
  return {
    documentId: source.documentId,
    name: source.name.slice(0, 1000),
    state,
    originals: countOf(values[documentField(source.key, 'originals')]),
    copies: countOf(values[documentField(source.key, 'copies')]),
    ...(note ? { note: note.slice(0, 500) } : {}),
    scans: scans.map(({ sha256, bytes, mediaType, name }) => ({ sha256, bytes, mediaType, name })),
  }
}

function countOf(typed: string | undefined): number {
  const text = typed?.trim() ?? ''
  return /^\d{1,3}$/.test(text) ? Number(text) : 0
}
