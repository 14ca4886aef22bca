import { Button, Modal, Textarea } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { desk } from '../../../app/desk.ts'
import { newCommandId } from '../../../app/new-id.ts'
import type { Notice } from '../../../text/describe-refusal.ts'
import { describeFailure } from '../../../text/describe-refusal.ts'
import { t } from '../../../text/t.ts'
import { NoticeBox } from '../../../ui/notice-box.tsx'
import type { Autosave } from '../draft/use-autosave.ts'
import styles from '../intake.module.css'
import { useIntake } from '../intake-context.ts'
import { applicantOf } from './build-command.ts'
import { useReceive } from './receive-context.ts'

interface RefuseDialogProps {
  readonly saver: Autosave
  readonly onClose: () => void
}

/** Từ chối tiếp nhận: Mẫu 03 says who, what and why. No number is taken. */
export function RefuseDialog({ saver, onClose }: RefuseDialogProps) {
  const { snapshot, procedure } = useIntake()
  const { onRefused } = useReceive()
  const reason = useRef<HTMLTextAreaElement>(null)
  const [commandId] = useState(newCommandId)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | undefined>()
  const [notice, setNotice] = useState<Notice | undefined>()

  async function refuse(): Promise<void> {
    const text = reason.current?.value.normalize('NFC').trim() ?? ''
    const session = snapshot()
    const applicant = applicantOf(session.values)
    const hint =
      applicant.name === '' ? t('intake.refuse.needsName') : text === '' ? t('intake.refuse.reasonMissing') : undefined
    setProblem(hint)
    if (hint || !procedure || isSending) return
    setSending(true)
    await saver.flush()
    saver.stop()
    const answer = await desk('dossier.execute', {
      commandId,
      command: {
        type: 'refuse-intake',
        dossierId: session.dossierId,
        procedureCode: procedure.code,
        applicant,
        reason: text,
      },
      draftId: session.draftId,
    })
    setSending(false)
    if (answer.ok) onRefused(answer.value.dossierId)
    else {
      saver.resume()
      setNotice(describeFailure(answer.error))
    }
  }

  function handleKeys(event: KeyboardEvent): void {
    if (!event.ctrlKey || event.key !== 'Enter') return
    event.preventDefault()
    void refuse()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('intake.refuse.title')}
      closeButtonProps={{ 'aria-label': t('intake.actions.close') }}
      centered
    >
      <form
        className={styles.dialogBody}
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={handleKeys}
      >
        {notice && <NoticeBox notice={notice} />}
        <p>{t('intake.refuse.intro')}</p>
        <Textarea ref={reason} data-autofocus label={t('intake.refuse.reason')} rows={4} required error={problem} />
        <div className={styles.dialogActions}>
          <Button
            aria-disabled={isSending}
            rightSection={<span className="key-on-fill">Ctrl Enter</span>}
            onClick={() => void refuse()}
          >
            {t('intake.refuse.submit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('intake.actions.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
