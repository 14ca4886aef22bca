import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { Instant } from '../../../shared/core/time.ts'
import type { Catalogue } from '../../../shared/law/procedure.ts'
import type { DossierRow } from '../../store/dossier-row.ts'
import { findDossierProcedure, shortNameOf } from '../../store/use-procedures.ts'
import { formatShortWhen, shortPersonName } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { Due } from '../../ui/due.tsx'
import { ExchangeMark } from '../../ui/exchange-mark.tsx'
import { RecordMark } from '../../ui/record-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import { dueWordsOf, holderOf, shortNumberOf, stepToneOf } from '../dossier/dossier-words.ts'
import type { DraftRow } from './work-rows.ts'

/** One visible row with everything its cells need. */
export type ShownRow =
  | { readonly kind: 'draft'; readonly row: DraftRow; readonly context: RowContext }
  | { readonly kind: 'dossier'; readonly view: DossierRow | undefined; readonly context: RowContext }

export interface RowContext {
  readonly now: Instant
  readonly catalogue: Catalogue | undefined
  readonly staffName: (id: string) => string | undefined
  readonly procedureName: (code: string) => string | undefined
}

export const workListFeatures = tableFeatures({})
const column = createColumnHelper<typeof workListFeatures, ShownRow>()

/** The grid's columns; cells of a dossier not read yet stay empty for a frame. */
export function workListColumns() {
  return column.columns([
    column.display({
      id: 'due',
      header: t('workList.column.due'),
      cell: ({ row }) => <DueCell shown={row.original} />,
    }),
    column.display({ id: 'number', header: t('workList.column.number'), cell: ({ row }) => numberOf(row.original) }),
    column.display({
      id: 'applicant',
      header: t('workList.column.applicant'),
      cell: ({ row }) => applicantOf(row.original),
    }),
    column.display({
      id: 'procedure',
      header: t('workList.column.procedure'),
      cell: ({ row }) => procedureOf(row.original),
    }),
    column.display({
      id: 'step',
      header: t('workList.column.step'),
      cell: ({ row }) => <StepCell shown={row.original} />,
    }),
    column.display({ id: 'holder', header: t('workList.column.holder'), cell: ({ row }) => holder(row.original) }),
    column.display({
      id: 'exchange',
      header: () => <span className="visually-hidden">{t('workList.column.exchange')}</span>,
      cell: ({ row }) => <ExchangeCell shown={row.original} />,
    }),
  ])
}

function DueCell({ shown }: { readonly shown: ShownRow }) {
  if (shown.kind === 'draft') {
    const when = formatShortWhen(shown.row.draft.savedAt, shown.context.now)
    return <Due words={{ text: t('statuses.due.draft', { when }), tone: 'plain' }} />
  }
  return shown.view ? <Due words={dueWordsOf(shown.view.dossier, shown.context.now)} /> : null
}

function numberOf(shown: ShownRow): string {
  if (shown.kind === 'draft') return t('workList.noNumber')
  return shown.view ? shortNumberOf(shown.view.dossier) : ''
}

function applicantOf(shown: ShownRow): string {
  if (shown.kind === 'draft') return shown.row.summary.applicantName || t('workList.noName')
  return shown.view?.dossier.applicant.name ?? ''
}

function procedureOf(shown: ShownRow): string {
  if (shown.kind === 'draft') {
    return shown.context.procedureName(shown.row.summary.procedureCode) ?? t('workList.noProcedure')
  }
  if (!shown.view) return ''
  const procedure = findDossierProcedure(shown.context.catalogue, shown.view.dossier.procedure)
  return procedure ? shortNameOf(procedure) : shown.view.dossier.procedure.code
}

function StepCell({ shown }: { readonly shown: ShownRow }) {
  if (shown.kind === 'draft') return <Tag tone="gold">{t('statuses.status.draft')}</Tag>
  if (!shown.view) return null
  const { dossier } = shown.view
  return <Tag tone={stepToneOf(dossier)}>{t(`statuses.status.${dossier.state.status}`)}</Tag>
}

function holder(shown: ShownRow): string {
  const staffName = (id: string) => {
    const name = shown.context.staffName(id)
    return name && shortPersonName(name)
  }
  if (shown.kind === 'draft') return staffName(shown.row.draft.staffId) ?? t('workList.holder.reception')
  return shown.view ? holderOf(shown.view.dossier, staffName) : ''
}

function ExchangeCell({ shown }: { readonly shown: ShownRow }) {
  if (shown.kind === 'draft') return <ExchangeMark state="draft" />
  return shown.view ? <RecordMark record={shown.view} /> : null
}
