import { Button } from '@mantine/core'
import { useState } from 'react'
import { assertNever } from '../../../shared/core/assert.ts'
import type { CourierView } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { capitalise, formatBytes, formatCount, formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { announceStatus } from '../../ui/status-announcer.ts'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { describeCarriedRefusal } from './describe-outcome.ts'

type Carried = CourierView['carried'][number]

/** Tệp mang hộ: files of other desks on their way through this one. */
export function CarriedFiles({ files }: { readonly files: CourierView['carried'] }) {
  if (files.length === 0) return null
  return (
    <>
      <h4 id="courier-carried">{t('courier.carried')}</h4>
      <ul className="courier-files" aria-labelledby="courier-carried">
        {files.map((file) => (
          <CarriedFile key={file.fileId} file={file} />
        ))}
      </ul>
    </>
  )
}

function CarriedFile({ file }: { readonly file: Carried }) {
  const now = useMinute()
  const tier = capitalise(useUpperTier())
  const [notice, setNotice] = useState<Notice>()
  const { fileId } = file

  async function saveReceipt(): Promise<void> {
    const saved = await desk('courier.save-receipt', { fileId })
    setNotice(saved.ok ? undefined : describeFailure(saved.error))
    if (saved.ok && saved.value.saved) announceStatus(t('courier.receiptSaved'))
  }

  async function discard(): Promise<void> {
    const gone = await desk('courier.discard', { fileId })
    setNotice(gone.ok ? undefined : describeFailure(gone.error))
  }

  const line = t('courier.carriedLine', {
    lane: file.lane,
    when: formatWhen(file.createdAt, now),
    events: formatCount(file.events),
    scans: formatCount(file.scans),
    bytes: formatBytes(file.bytes),
  })
  return (
    <li className="small">
      <div>{line}</div>
      <b>{stateWords(file, tier)}</b>
      {file.state === 'waiting' ? null : (
        <div className="courier-buttons">
          {file.state === 'answered' ? (
            <Button variant="default" h={28} aria-label={`${t('courier.saveReceipt')} ${line}`} onClick={saveReceipt}>
              {t('courier.saveReceipt')}
            </Button>
          ) : null}
          <Button variant="subtle" h={28} aria-label={`${t('courier.discard')} ${line}`} onClick={discard}>
            {t('courier.discard')}
          </Button>
        </div>
      )}
      {notice ? <NoticeBox notice={notice} /> : null}
    </li>
  )
}

function stateWords({ state, code }: Carried, tier: string): string {
  switch (state) {
    case 'waiting':
      return t('courier.waiting')
    case 'answered':
      return t('courier.receiptReady', { tier })
    case 'refused':
      return t('courier.refused', { why: describeCarriedRefusal(code) })
    default:
      return assertNever(state)
  }
}
