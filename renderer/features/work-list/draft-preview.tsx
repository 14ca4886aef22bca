import { Button } from '@mantine/core'
import type { DraftView } from '../../../shared/ipc/view.ts'
import { navigate } from '../../app/route.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { useProcedureNames } from '../../store/use-procedures.ts'
import { formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { Facts } from '../../ui/facts.tsx'
import { Tag } from '../../ui/tag.tsx'
import { usePrimaryKey } from '../../ui/use-primary-key.ts'
import type { DraftRow } from './work-rows.ts'

export interface DraftPreviewProps {
  readonly row: DraftRow
  readonly onDiscard: (draft: DraftView) => void
}

export function DraftPreview({ row, onDiscard }: DraftPreviewProps) {
  const now = useMinute()
  const names = useProcedureNames()
  const { draft, summary } = row
  const goOn = () => navigate({ page: 'intake', draftId: draft.id })
  usePrimaryKey(goOn)

  return (
    <>
      <div>
        <Tag tone="gold">{t('statuses.status.draft')}</Tag>
        <h2>{summary.applicantName || t('workList.noName')}</h2>
        <div>{names.get(summary.procedureCode) ?? t('workList.noProcedure')}</div>
      </div>
      <Facts facts={[{ label: t('workList.facts.savedAt'), value: formatWhen(draft.savedAt, now) }]} />
      <hr className="rule" />
      <div className="actions">
        <Button justify="space-between" rightSection={<span className="key-on-fill">Enter</span>} onClick={goOn}>
          {t('workList.continueDraft')}
        </Button>
        <Button variant="default" justify="space-between" onClick={() => onDiscard(draft)}>
          {t('workList.discardDraft')}
        </Button>
      </div>
    </>
  )
}
