import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { DossierId } from '../../../../shared/core/ids.ts'
import { navigate } from '../../../app/route.ts'
import { formatMoment } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { isDialogOpen } from '../../../ui/dialog-open.ts'
import styles from '../intake.module.css'
import type { Printing } from './use-printing.ts'
import type { Stored } from './use-receive-flow.ts'

interface SuccessPanelProps {
  readonly stored: Stored
  readonly printing: Printing
  readonly onStart: () => void
}

/** Shown only after the write was fsynced. The next citizen is one key away. */
export function SuccessPanel({ stored, printing, onStart }: SuccessPanelProps) {
  const next = useRef<HTMLButtonElement>(null)
  const dossierId = (stored.kind === 'received' ? stored.executed.dossierId : stored.dossierId) as DossierId
  const needsDialog = printing.state.kind === 'failed'

  useEffect(() => {
    if (!needsDialog) next.current?.focus()
  }, [needsDialog])

  useEffect(() => {
    function handleKey(event: KeyboardEvent): void {
      if (event.key !== 'F2' || isDialogOpen()) return
      event.preventDefault()
      event.stopPropagation()
      onStart()
    }
    window.addEventListener('keydown', handleKey, true)
    return () => window.removeEventListener('keydown', handleKey, true)
  }, [onStart])

  return (
    <div className={styles.success}>
      <IconCircleCheck size={40} aria-hidden />
      {stored.kind === 'received' ? <Receipt stored={stored} /> : <h1>{t('intake.done.refusedHeading')}</h1>}
      <p className={styles.hint}>{t('intake.done.saved')}</p>
      <p role="status">{printLine(printing, paperOf(stored))}</p>
      <div className={styles.dialogActions}>
        <Button ref={next} rightSection={<span className="key-on-fill">F2</span>} onClick={onStart}>
          {t('intake.done.next')}
        </Button>
        <Button variant="default" onClick={() => navigate({ page: 'dossier', dossierId })}>
          {t('intake.done.open')}
        </Button>
        <Button variant="default" onClick={() => void printing.print(dossierId, printing.state.kind === 'printed')}>
          {t('intake.done.printAgain')}
        </Button>
      </div>
    </div>
  )
}

function Receipt({ stored }: { readonly stored: Extract<Stored, { kind: 'received' }> }) {
  const { number, dueAt } = stored.executed
  return (
    <>
      <h1>{t('intake.done.heading')}</h1>
      <p className={styles.bigNumber}>{number?.text}</p>
      {dueAt && <p>{t('intake.done.due', { due: formatMoment(dueAt) })}</p>}
    </>
  )
}

function paperOf({ kind }: Stored): string {
  return kind === 'received' ? t('intake.done.receipt') : t('intake.done.refusal')
}

function printLine({ state }: Printing, paper: string): string {
  switch (state.kind) {
    case 'printed':
      return t('intake.done.printed', { paper, printer: state.printer })
    case 'printing':
    case 'idle':
      return t('intake.done.printing', { paper })
    case 'pdf-saved':
      return t('intake.printFailed.pdfSaved')
    case 'failed':
    case 'put-off':
      return t('intake.done.notPrinted', { paper })
  }
}
