import { useEffect, useRef } from 'react'
import { focusField, moveOnWithEnter } from '../../forms/move-on.ts'
import { useReference } from '../../store/use-reference.ts'
import { t } from '../../text/t.ts'
import { ApplicantSection } from './applicant/applicant-section.tsx'
import type { CardScanState } from './applicant/use-card-scan.ts'
import { DeclarationSection } from './declaration/declaration-section.tsx'
import { DocumentsSection } from './documents/documents-section.tsx'
import { OpenDrafts } from './draft/open-drafts.tsx'
import type { Undo } from './draft/use-undo.ts'
import type { IntakeSession } from './draft-content.ts'
import { FeeSection } from './fee/fee-section.tsx'
import { focusSection } from './focus-section.ts'
import styles from './intake.module.css'
import { useIntake } from './intake-context.ts'
import { PreviewPane } from './preview/preview-pane.tsx'
import { procedureField } from './procedure/procedure-choice.tsx'
import { ProcedureSection } from './procedure/procedure-section.tsx'
import { SectionList } from './section-list.tsx'
import { Notice } from './submit/notice.tsx'
import { useIntakeKeys } from './use-intake-keys.ts'

interface IntakeBodyProps {
  readonly session: IntakeSession
  readonly undo: Undo
  readonly scan: CardScanState
}

export function IntakeBody({ session, undo, scan }: IntakeBodyProps) {
  const { procedure, root } = useIntake()
  const message = useIntakeKeys(undo)
  useFirstFocus(session)
  return (
    <div className={styles.intake}>
      <SectionList />
      <form
        ref={root}
        className={styles.form}
        aria-label={t('intake.formLabel')}
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={moveOnWithEnter}
      >
        <Notice />
        <ProcedureSection />
        {procedure ? (
          <>
            <ApplicantSection scan={scan} />
            <DeclarationSection procedure={procedure} />
            <DocumentsSection procedure={procedure} />
            <FeeSection procedure={procedure} />
          </>
        ) : (
          <OpenDrafts />
        )}
        <p className={styles.message} role="status" hidden={message === ''}>
          {message}
        </p>
      </form>
      <PreviewPane />
    </div>
  )
}

/** A reopened draft comes back to the same field and place (R6); a new intake starts where there is something to type. */
function useFirstFocus(session: IntakeSession): void {
  const { procedure, root } = useIntake()
  const started = useRef(false)
  const hasProcedure = procedure !== undefined
  // Right after signing in the catalogue is still on its way, and there is no field to begin in.
  const hasCatalogue = useReference().catalogue !== undefined
  useEffect(() => {
    const form = root.current
    if (!form || !hasCatalogue || (started.current && !hasProcedure)) return
    const isReopened = !started.current && session.focusedField !== undefined && hasProcedure
    if (isReopened && focusField(form, session.focusedField ?? '')) form.scrollTop = session.scrollTop
    else if (hasProcedure) focusSection(form, 'applicant')
    else focusField(form, procedureField)
    started.current = true
  }, [hasProcedure, hasCatalogue, root, session])
}
