import type { DossierView } from '../../../shared/ipc/view.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import { formatRoute } from '../../app/route.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { shortNameOf } from '../../store/use-procedures.ts'
import { t } from '../../text/t.ts'
import { Tag, type TagTone } from '../../ui/tag.tsx'
import { DossierActions } from './actions/dossier-actions.tsx'
import { PrintAgain } from './actions/print-again.tsx'
import { usePrintAgain } from './actions/use-print-again.ts'
import { dueWordsOf, shortNumberOf } from './dossier-words.ts'

export interface DossierHeadProps {
  readonly view: DossierView
  readonly procedure: Procedure | undefined
  readonly handOver: boolean
  readonly onHandOver: (open: boolean) => void
}

export function DossierHead({ view, procedure, handOver, onHandOver }: DossierHeadProps) {
  const now = useMinute()
  const { dossier } = view
  const printing = usePrintAgain(dossier)
  const due = dueWordsOf(dossier, now)
  const tone: TagTone = due.tone
  const name = procedure ? shortNameOf(procedure) : dossier.procedure.code
  const heading = t('dossier.heading', { name: dossier.applicant.name, procedure: name })
  const preview = { label: t('dossier.preview'), keys: <kbd>Ctrl P</kbd>, run: () => void printing.preview() }
  return (
    <div className="head dossier-head">
      <a href={formatRoute({ page: 'work-list' })} className="small">
        {t('dossier.back')}
      </a>
      <h1 title={heading}>{heading}</h1>
      <span className="code small">{shortNumberOf(dossier)}</span>
      <Tag tone={tone}>{due.text}</Tag>
      <DossierActions dossier={dossier} handOver={handOver} onHandOver={onHandOver} more={[preview]}>
        <PrintAgain printing={printing} />
      </DossierActions>
    </div>
  )
}
