import { memo, useState } from 'react'
import { FormProvider } from 'react-hook-form'
import { desk } from '../../app/desk.ts'
import { FormChecksContext } from '../../forms/form-checks.ts'
import { t } from '../../text/t.ts'
import { announceStatus } from '../../ui/status-announcer.ts'
import { CardScan } from './applicant/card-scan.tsx'
import { useCardScan } from './applicant/use-card-scan.ts'
import { DiscardedNotice } from './draft/discarded-notice.tsx'
import { draftContentOf, type IntakeSession } from './draft-content.ts'
import styles from './intake.module.css'
import { IntakeBody } from './intake-body.tsx'
import { IntakeContext } from './intake-context.ts'
import { IntakeHead } from './intake-head.tsx'
import { PreviewProvider } from './preview/preview-provider.tsx'
import { ReceiveFlow } from './submit/receive-flow.tsx'
import { useFormChecksOf } from './use-form-checks.ts'
import { useIntakeForm } from './use-intake-form.ts'

interface WorkspaceProps {
  readonly session: IntakeSession
  readonly onStart: (session?: IntakeSession) => void
}

/** One open intake, mounted anew for each draft. The address learning the draft's id renders nothing here. */
export const IntakeWorkspace = memo(function IntakeWorkspace({ session, onStart }: WorkspaceProps) {
  const { form, intake, undo, saver } = useIntakeForm(session)
  const scan = useCardScan(form, intake)
  const checks = useFormChecksOf(form, intake, undo, scan)
  const [discarded, setDiscarded] = useState<IntakeSession | undefined>()

  async function discard(): Promise<void> {
    const last = intake.snapshot()
    saver.stop()
    await desk('drafts.discard', { draftId: session.draftId })
    announceStatus(t('intake.drafts.discarded'))
    setDiscarded(last)
  }

  async function bringBack(last: IntakeSession): Promise<void> {
    const answer = await desk('drafts.save', { draftId: last.draftId, content: draftContentOf(last) })
    if (!answer.ok) return
    announceStatus(t('intake.drafts.restored'))
    saver.resume()
    setDiscarded(undefined)
  }

  if (discarded) {
    return <DiscardedNotice onUndo={() => void bringBack(discarded)} onNew={() => onStart()} />
  }
  return (
    <FormProvider {...form}>
      <IntakeContext value={intake}>
        <FormChecksContext value={checks}>
          <PreviewProvider>
            <ReceiveFlow saver={saver} onStart={onStart}>
              <div className={styles.workspace}>
                <IntakeHead session={session} saver={saver} undo={undo} onDiscard={() => void discard()} />
                <IntakeBody session={session} undo={undo} scan={scan} />
                <CardScan scan={scan} />
              </div>
            </ReceiveFlow>
          </PreviewProvider>
        </FormChecksContext>
      </IntakeContext>
    </FormProvider>
  )
})
