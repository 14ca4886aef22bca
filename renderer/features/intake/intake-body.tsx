import { useEffect, useRef } from 'react'
import { moveOnWithEnter, focusField } from '../../forms/move-on.ts'
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
import { useIntake } from './intake-context.ts'
import { Notice } from './submit/notice.tsx'
import { PreviewPane } from './preview/preview-pane.tsx'
import { procedureField } from './procedure/procedure-choice.tsx'
import { ProcedureSection } from './procedure/procedure-section.tsx'
import { SectionList } from './section-list.tsx'
import { useIntakeKeys } from './use-intake-keys.ts'
import styles from './intake.module.css'

interface IntakeBodyProps {
  readonly session: IntakeSession
  readonly undo: Undo
  readonly scan: CardScanState
}

export function IntakeBody({ session, undo, scan }: IntakeBodyProps) {
  const { procedure, root } = useIntake()
  useIntakeKeys(undo)
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
  useEffect(() => {
    const form = root.current
    if (!form || (started.current && !hasProcedure)) return
    const isReopened = !started.current && session.focusedField !== undefined && hasProcedure
    if (isReopened && focusField(form, session.focusedField ?? '')) form.scrollTop = session.scrollTop
    else if (hasProcedure) focusSection(form, 'applicant')
    else focusField(form, procedureField)
    started.current = true
  }, [hasProcedure, root, session])
}
