import { Button, Modal } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Dossier } from '../../../../shared/domain/dossier.ts'
import { desk } from '../../../app/desk.ts'
import { type AnyFailure, describeFailure, type Notice } from '../../../text/describe-refusal.ts'
import { t } from '../../../text/t.ts'
import { NoticeBox } from '../../../ui/notice-box.tsx'
import { announceStatus } from '../../../ui/status-announcer.ts'

/** Prints the paper again, marked "Bản in lại". A failure offers another try or a file; it never makes a number (R23). */
export function PrintAgain({ dossier }: { readonly dossier: Dossier }) {
  const [busy, setBusy] = useState(false)
  const [notice, setNotice] = useState<Notice>()
  const input = { dossierId: dossier.id, reprint: true }

  function show(error: AnyFailure): void {
    setNotice(describeFailure(error))
  }

  async function print(): Promise<void> {
    setBusy(true)
    const answer = await desk('printing.print', input)
    setBusy(false)
    if (!answer.ok) return show(answer.error)
    setNotice(undefined)
    announceStatus(t('dossier.printed', { printer: answer.value.printer }))
  }

  async function preview(): Promise<void> {
    const answer = await desk('printing.preview', input)
    if (!answer.ok) show(answer.error)
  }
  usePrintPreviewKey(() => void preview())

  async function savePdf(): Promise<void> {
    const answer = await desk('printing.save-pdf', input)
    if (!answer.ok) return show(answer.error)
    setNotice(undefined)
    if (answer.value.saved) announceStatus(t('dossier.pdfSaved'))
  }

  const label = dossier.state.status === 'refused' ? t('dossier.printRefusal') : t('dossier.print')
  return (
    <>
      <Button variant="default" rightSection={<kbd>Ctrl P</kbd>} onClick={() => void preview()}>
        {t('dossier.preview')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        loading={busy}
        onClick={() => void print()}
      >
        {label}
      </Button>
      <Modal
        opened={notice !== undefined}
        onClose={() => setNotice(undefined)}
        title={label}
        closeButtonProps={{ 'aria-label': t('dossier.close') }}
      >
        <div className="action-form">
          {notice ? <NoticeBox notice={notice} /> : null}
          <div className="action-buttons">
            <Button onClick={() => void print()} loading={busy} data-autofocus>
              {t('dossier.printAgain')}
            </Button>
            <Button variant="default" onClick={() => void savePdf()}>
              {t('dossier.savePdf')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}

/** Ctrl P shows the paper as it would be printed; Chromium's own print dialog would print the screen. */
function usePrintPreviewKey(preview: () => void): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (!event.ctrlKey || event.altKey || event.key.toLowerCase() !== 'p') return
    event.preventDefault()
    preview()
  })
  useEffect(() => {
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [])
}
