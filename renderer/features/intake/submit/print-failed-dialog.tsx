import { Button, Modal } from '@mantine/core'
import { describeFailure } from '../../../text/describe-refusal.ts'
import { t } from '../../../text/t.ts'
import styles from '../intake.module.css'
import type { Printing } from './use-printing.ts'
import type { Stored } from './use-receive-flow.ts'

interface PrintFailedDialogProps {
  readonly stored: Stored
  readonly printing: Printing
}

/** The dossier is safe; only the paper is missing. Trying again never makes a second number (R23). */
export function PrintFailedDialog({ stored, printing }: PrintFailedDialogProps) {
  const { state, print, savePdf, putOff } = printing
  const failure = state.kind === 'failed' ? describeFailure(state.failure) : undefined
  const dossierId = stored.kind === 'received' ? stored.executed.dossierId : stored.dossierId
  const number = stored.kind === 'received' ? stored.executed.number?.text : undefined
  return (
    <Modal
      opened={failure !== undefined}
      onClose={putOff}
      title={t('intake.printFailed.title')}
      closeButtonProps={{ 'aria-label': t('intake.actions.close') }}
      centered
    >
      {failure && (
        <p>
          {failure.title} {failure.action}
        </p>
      )}
      {number && <p className={styles.hint}>{t('intake.printFailed.kept', { number })}</p>}
      <div className={styles.dialogActions}>
        <Button data-autofocus onClick={() => void print(dossierId, false)}>
          {t('intake.printFailed.again')}
        </Button>
        <Button variant="default" onClick={() => void savePdf(dossierId)}>
          {t('intake.printFailed.pdf')}
        </Button>
        <Button variant="default" onClick={putOff}>
          {t('intake.printFailed.later')}
        </Button>
      </div>
    </Modal>
  )
}
