import './backup.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Instant } from '../../../shared/core/time.ts'
import type { BackupStatus } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { useDeskStatus } from '../../store/use-desk-status.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { RestoreDialog } from './restore-dialog.tsx'

/** The part of the settings about backup: where to, how old, what is wrong, and the way to a dead PC's work. */
export function BackupSection() {
  const shown = useDeskStatus()?.backup
  const now = useMinute()
  const [busy, setBusy] = useState(false)
  const [restoring, setRestoring] = useState(false)
  const [notice, setNotice] = useState<Notice>()
  if (!shown) return null

  async function ask(channel: 'backup.choose-folder' | 'backup.now'): Promise<void> {
    setBusy(true)
    const answer = await desk(channel)
    // What came of it is in the status main hints at; a cancelled dialog changes nothing.
    setNotice(answer.ok || answer.error.code === 'file/cancelled' ? undefined : describeFailure(answer.error))
    setBusy(false)
  }

  return (
    <section aria-label={t('backup.title')} className="backup">
      <h3>{t('backup.title')}</h3>
      {shown.folder ? <p className="small muted">{t('backup.folder', { folder: shown.folder })}</p> : null}
      <p role="status" className={isTrouble(shown) ? 'backup-trouble' : undefined}>
        {backupText(shown, now)}
      </p>
      {shown.hasRecoveryKey ? null : <p className="backup-trouble">{t('backup.noRecoveryKey')}</p>}
      {notice ? <NoticeBox notice={notice} /> : null}
      <div className="backup-buttons">
        <Button variant="default" loading={busy} onClick={() => void ask('backup.choose-folder')}>
          {shown.folder ? t('backup.chooseOther') : t('backup.choose')}
        </Button>
        {shown.folder ? (
          <Button variant="default" loading={busy} onClick={() => void ask('backup.now')}>
            {t('backup.now')}
          </Button>
        ) : null}
        <Button variant="subtle" onClick={() => setRestoring(true)}>
          {t('backup.restoreOpen')}
        </Button>
      </div>
      {restoring ? <RestoreDialog onClose={() => setRestoring(false)} /> : null}
    </section>
  )
}

function isTrouble({ state, isStale }: BackupStatus): boolean {
  return isStale || (state !== 'done' && state !== 'waiting')
}

/** The backup in words: what is so, or what to do. */
export function backupText(shown: BackupStatus, now: Instant): string {
  const when = shown.lastAt && formatWhen(shown.lastAt, now)
  const last = when ? ` ${t('backup.lastAt', { when })}` : ''
  switch (shown.state) {
    case 'none':
      return t('backup.none')
    case 'waiting':
      return t('backup.waiting') + last
    case 'done':
      return when ? t('backup.done', { when }) : t('backup.never')
    case 'missing':
      return t('backup.missing') + last
    case 'full':
      return t('backup.full') + last
    case 'read-only':
      return t('backup.readOnly') + last
  }
}
