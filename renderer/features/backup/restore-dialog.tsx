import { Button, Modal, PasswordInput, Radio } from '@mantine/core'
import { useState } from 'react'
import type { FoundBackup, RestoreReport } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { type AnyFailure, describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'

type Opening = 'file' | 'lent'

/** A dead PC's unsent work and drafts, brought to the PC that took its place. */
export function RestoreDialog({ onClose }: { readonly onClose: () => void }) {
  const now = useMinute()
  const [found, setFound] = useState<readonly FoundBackup[]>([])
  const [deskId, setDeskId] = useState('')
  const [opening, setOpening] = useState<Opening>('file')
  const [keyId, setKeyId] = useState<string>()
  const [passphrase, setPassphrase] = useState('')
  const [notice, setNotice] = useState<Notice>()
  const [report, setReport] = useState<RestoreReport>()
  const [busy, setBusy] = useState(false)
  const chosen = found.find((each) => each.deskId === deskId)

  async function during<T>(work: () => Promise<T>): Promise<T> {
    setBusy(true)
    setNotice(undefined)
    return work().finally(() => setBusy(false))
  }

  /** A dialog that was closed is no failure worth words. */
  function complain(failure: AnyFailure): void {
    if (failure.code !== 'file/cancelled') setNotice(describeFailure(failure))
  }

  async function chooseBackup(): Promise<void> {
    const answer = await during(() => desk('restore.choose-backup'))
    if (!answer.ok) return complain(answer.error)
    setFound(answer.value)
    setDeskId(answer.value[0]?.deskId ?? '')
  }

  async function chooseKey(): Promise<void> {
    const answer = await during(() => desk('restore.choose-key'))
    if (answer.ok) setKeyId(answer.value.keyId)
    else complain(answer.error)
  }

  async function run(): Promise<void> {
    if (!chosen) return
    const input = { deskId: chosen.deskId, ...(opening === 'file' ? { passphrase } : {}) }
    const answer = await during(() => desk('restore.run', input))
    if (answer.ok) setReport(answer.value)
    else complain(answer.error)
  }

  /** What a restore brought is said once, here: nobody leaves while it runs. */
  const close = () => {
    if (!busy) onClose()
  }

  if (report) return <RestoreDone report={report} onClose={onClose} />
  return (
    <Modal
      opened
      onClose={close}
      title={t('backup.restore.title')}
      closeButtonProps={{ 'aria-label': t('backup.restore.close') }}
    >
      <form
        className="restore"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void run()
        }}
      >
        <p>{t('backup.restore.lead')}</p>
        <Button variant="default" data-autofocus onClick={() => void chooseBackup()}>
          {t('backup.restore.chooseFolder')}
        </Button>
        {chosen ? (
          <>
            <Radio.Group label={t('backup.restore.desk')} value={deskId} onChange={setDeskId}>
              {found.map((each) => (
                <Radio
                  key={each.deskId}
                  value={each.deskId}
                  label={t('backup.restore.deskLine', { name: each.deskName, when: formatWhen(each.takenAt, now) })}
                />
              ))}
            </Radio.Group>
            <Radio.Group
              label={t('backup.restore.how')}
              value={opening}
              onChange={(next) => setOpening(next as Opening)}
            >
              <Radio value="file" label={t('backup.restore.withFile')} />
              <Radio value="lent" label={t('backup.restore.lent')} />
            </Radio.Group>
            {opening === 'file' ? (
              <>
                <Button variant="default" onClick={() => void chooseKey()}>
                  {keyId ? t('backup.restore.keyChosen', { keyId }) : t('backup.restore.chooseKey')}
                </Button>
                {chosen.keyId && keyId !== chosen.keyId ? (
                  <p className="small muted">{t('backup.restore.keyNeeded', { keyId: chosen.keyId })}</p>
                ) : null}
                <PasswordInput
                  label={t('backup.restore.passphrase')}
                  value={passphrase}
                  autoComplete="off"
                  onChange={(event) => setPassphrase(event.currentTarget.value)}
                />
              </>
            ) : null}
          </>
        ) : null}
        {notice ? <NoticeBox notice={notice} /> : null}
        <div className="backup-buttons">
          <Button type="submit" loading={busy} disabled={!chosen || (opening === 'file' && !keyId)}>
            {t('backup.restore.run')}
          </Button>
          <Button variant="default" disabled={busy} onClick={close}>
            {t('backup.restore.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function RestoreDone({ report, onClose }: { readonly report: RestoreReport; readonly onClose: () => void }) {
  const now = useMinute()
  const notice: Notice = {
    title: t('backup.restore.doneTitle', { when: formatWhen(report.takenAt, now) }),
    action: t('backup.restore.doneAction', { events: report.unsentEvents, drafts: report.drafts }),
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('backup.restore.title')}
      closeButtonProps={{ 'aria-label': t('backup.restore.close') }}
    >
      <NoticeBox tone="green" notice={notice} />
    </Modal>
  )
}
