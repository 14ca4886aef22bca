import { useEffect, useEffectEvent, useState } from 'react'
import type { Dossier } from '../../../../shared/domain/dossier.ts'
import { desk } from '../../../app/desk.ts'
import { type AnyFailure, describeFailure, type Notice } from '../../../text/describe-refusal.ts'
import { t } from '../../../text/t.ts'
import { announceStatus } from '../../../ui/status-announcer.ts'

export interface PrintingAgain {
  readonly label: string
  readonly busy: boolean
  /** Why the paper did not come out, until it does or the officer lets it be. */
  readonly notice: Notice | undefined
  readonly print: () => Promise<void>
  readonly preview: () => Promise<void>
  readonly savePdf: () => Promise<void>
  readonly dismiss: () => void
}

/** Prints the paper again, marked "Bản in lại"; a failure never makes a number (R23). Ctrl P shows it first. */
export function usePrintAgain(dossier: Dossier): PrintingAgain {
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

  return {
    label: dossier.state.status === 'refused' ? t('dossier.printRefusal') : t('dossier.print'),
    busy,
    notice,
    print,
    preview,
    savePdf,
    dismiss: () => setNotice(undefined),
  }
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
