import { useRef, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import type { Executed } from '../../../../shared/ipc/contract.ts'
import { desk } from '../../../app/desk.ts'
import type { FormValues } from '../../../forms/field-name.ts'
import { type AnyFailure, describeFailure, type Notice } from '../../../text/describe-refusal.ts'
import { formatMoment } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { announceStatus } from '../../../ui/status-announcer.ts'
import { checkIntake } from '../check-intake.ts'
import type { Autosave } from '../draft/use-autosave.ts'
import { useIntake } from '../intake-context.ts'
import { buildReceiveCommand } from './build-command.ts'
import type { Receive } from './receive-context.ts'
import { problemsOfRefusal, showProblems } from './show-problems.ts'
import { type Printing, usePrinting } from './use-printing.ts'

/** What the desk keeps for good: a receipt given, or a refusal slip. */
export type Stored =
  | { readonly kind: 'received'; readonly executed: Executed }
  | { readonly kind: 'refused'; readonly dossierId: string }

export interface ReceiveFlowState extends Receive {
  readonly stored: Stored | undefined
  readonly printing: Printing
}

/**
 * ```
 * Ctrl Enter ─► wait for files ─► look ahead: problems? ─► dossier.execute ─► "Đã lưu" ─► printing.print
 *                                     └─► first field            └─► refusal at its field     └─► dialog, same number
 * ```
 * 1. The same command id goes out again on a retry, so pressing twice never makes two dossiers.
 * 2. Until main answered, nothing is cleared and the draft stays.
 */
export function useReceiveFlow(saver: Autosave): ReceiveFlowState {
  const form = useFormContext<FormValues>()
  const intake = useIntake()
  const printing = usePrinting()
  const busy = useRef(false)
  const [isSending, setSending] = useState(false)
  const [notice, setNotice] = useState<Notice | undefined>()
  const [stored, setStored] = useState<Stored | undefined>()

  async function send(): Promise<void> {
    const failures = intake.uploads.failures
    await intake.uploads.queue
    const { procedure } = intake
    if (!procedure || intake.uploads.failures > failures) return
    const session = intake.snapshot()
    const check = checkIntake(session, procedure, intake.now())
    if (check.problems.length > 0 || check.missing.length > 0) {
      showProblems(form, intake, check)
      return
    }
    // Nothing may be saved behind main's back once it drops the draft of a received dossier.
    await saver.flush()
    saver.stop()
    const answer = await desk('dossier.execute', {
      commandId: session.commandId,
      command: buildReceiveCommand(session, procedure),
      draftId: session.draftId,
    })
    if (!answer.ok) {
      saver.resume()
      showRefusal(answer.error)
      return
    }
    const { dossierId, number, dueAt } = answer.value
    setStored({ kind: 'received', executed: answer.value })
    announceStatus(t('intake.done.announced', { number: number?.text ?? '', due: dueAt ? formatMoment(dueAt) : '' }))
    await printing.print(dossierId, false)
  }

  function showRefusal(failure: AnyFailure): void {
    const check = problemsOfRefusal(failure as Parameters<typeof problemsOfRefusal>[0], intake)
    if (check) showProblems(form, intake, check)
    setNotice(describeFailure(failure))
    intake.root.current?.scrollTo?.({ top: check ? intake.root.current.scrollTop : 0 })
  }

  async function run(): Promise<void> {
    if (busy.current || stored) return
    busy.current = true
    setSending(true)
    setNotice(undefined)
    await send().finally(() => {
      busy.current = false
      setSending(false)
    })
  }

  return {
    receive: () => void run(),
    isSending,
    notice,
    onRefused: (dossierId) => {
      setStored({ kind: 'refused', dossierId })
      announceStatus(t('intake.done.refusedAnnounced'))
      void printing.print(dossierId, false)
    },
    stored,
    printing,
  }
}
