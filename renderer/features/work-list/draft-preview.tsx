import { Button } from '@mantine/core'
import { useState } from 'react'
import { desk } from '../../app/desk.ts'
import { navigate } from '../../app/route.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { useProcedureNames } from '../../store/use-procedures.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { Facts } from '../../ui/facts.tsx'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { announceStatus } from '../../ui/status-announcer.ts'
import { Tag } from '../../ui/tag.tsx'
import { usePrimaryKey } from '../../ui/use-primary-key.ts'
import type { DraftRow } from './work-rows.ts'

export function DraftPreview({ row }: { readonly row: DraftRow }) {
  const now = useMinute()
  const names = useProcedureNames()
  const [notice, setNotice] = useState<Notice>()
  const { draft, summary } = row
  const goOn = () => navigate({ page: 'intake', draftId: draft.id })
  usePrimaryKey(goOn)

  async function discard(): Promise<void> {
    const answer = await desk('drafts.discard', { draftId: draft.id })
    if (answer.ok) announceStatus(t('workList.discarded'))
    else setNotice(describeFailure(answer.error))
  }

  return (
    <>
      <div>
        <Tag tone="gold">{t('statuses.status.draft')}</Tag>
        <h2>{summary.applicantName || t('workList.noName')}</h2>
        <div>{names.get(summary.procedureCode) ?? t('workList.noProcedure')}</div>
      </div>
      <Facts facts={[{ label: t('workList.facts.savedAt'), value: formatWhen(draft.savedAt, now) }]} />
      <hr className="rule" />
      {notice ? <NoticeBox notice={notice} /> : null}
      <div className="actions">
        <Button justify="space-between" rightSection={<span className="key-on-fill">Enter</span>} onClick={goOn}>
          {t('workList.continueDraft')}
        </Button>
        <Button variant="default" justify="space-between" onClick={() => void discard()}>
          {t('workList.discardDraft')}
        </Button>
      </div>
    </>
  )
}
