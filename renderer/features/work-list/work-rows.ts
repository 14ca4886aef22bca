import type { DossierId } from '../../../shared/core/ids.ts'
import { foldText } from '../../../shared/core/text-folding.ts'
import type { DraftView } from '../../../shared/ipc/view.ts'
import type { DossierFilter, ProcedureNames } from '../../store/index-filter.ts'
import { parseQuery, procedureMatches } from '../../store/search-text.ts'
import { type DraftSummary, summariseDraft } from './draft-summary.ts'

export type WorkFilter = DossierFilter | 'drafts'

export interface DraftRow {
  readonly kind: 'draft'
  readonly draft: DraftView
  readonly summary: DraftSummary
}
export interface DossierRow {
  readonly kind: 'dossier'
  readonly id: DossierId
}
export type WorkRow = DraftRow | DossierRow

/** Drafts are unfinished work of this minute: they stand before the dossiers. */
export interface WorkRows {
  readonly length: number
  readonly at: (index: number) => WorkRow | undefined
  readonly indexOf: (key: string) => number
}

export function keyOf(row: WorkRow): string {
  return row.kind === 'draft' ? row.draft.id : row.id
}

export function workRows(drafts: readonly DraftRow[], ids: readonly DossierId[]): WorkRows {
  const at = (index: number): WorkRow | undefined => {
    const id = ids[index - drafts.length]
    return drafts[index] ?? (id ? { kind: 'dossier', id } : undefined)
  }
  return {
    length: drafts.length + ids.length,
    at,
    indexOf: (key) => {
      const draft = drafts.findIndex((row) => row.draft.id === key)
      if (draft >= 0) return draft
      const dossier = ids.indexOf(key as DossierId)
      return dossier < 0 ? -1 : dossier + drafts.length
    },
  }
}

/** Drafts that belong under a filter and answer the query. */
export function draftRows(
  drafts: readonly DraftView[],
  filter: WorkFilter,
  query: string,
  procedures: ProcedureNames,
): readonly DraftRow[] {
  if (filter !== 'open' && filter !== 'drafts') return []
  const terms = parseQuery(query)
  return drafts
    .map((draft) => ({ kind: 'draft', draft, summary: summariseDraft(draft) }) as const)
    .filter(({ summary }) => {
      const text = ` ${foldText(summary.applicantName)}`
      const procedure = procedures.get(summary.procedureCode) ?? ''
      return terms.every((term) => text.includes(term.needle) || procedureMatches(procedure, term))
    })
}
