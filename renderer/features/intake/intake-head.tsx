import { Button } from '@mantine/core'
import { useState } from 'react'
import { focusField } from '../../forms/move-on.ts'
import { useCell } from '../../store/cell.ts'
import { describeFailure } from '../../text/describe-refusal.ts'
import { formatTimeWithSeconds } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import type { Autosave } from './draft/use-autosave.ts'
import type { Undo } from './draft/use-undo.ts'
import type { IntakeSession } from './draft-content.ts'
import styles from './intake.module.css'
import { useIntake } from './intake-context.ts'
import { procedureField } from './procedure/procedure-choice.tsx'
import { RefuseDialog } from './submit/refuse-dialog.tsx'

interface IntakeHeadProps {
  readonly session: IntakeSession
  readonly saver: Autosave
  readonly undo: Undo
  readonly onDiscard: () => void
}

export function IntakeHead({ session, saver, undo, onDiscard }: IntakeHeadProps) {
  const { procedure, root } = useIntake()
  const [isRefusing, setRefusing] = useState(false)
  const name = procedure?.shortName ?? procedure?.name
  return (
    <header className={styles.head}>
      <h1>{name ? t('intake.titleOf', { procedure: name }) : t('intake.title')}</h1>
      <SaveLine saver={saver} session={session} />
      {procedure && (
        <div className={styles.headActions}>
          {undo.canUndo && (
            <Button variant="default" rightSection={<kbd>Ctrl Z</kbd>} onClick={undo.undo}>
              {t('intake.actions.undo')}
            </Button>
          )}
          <Button variant="default" onClick={() => root.current && focusField(root.current, procedureField)}>
            {t('intake.actions.changeProcedure')}
          </Button>
          <Button variant="default" onClick={() => setRefusing(true)}>
            {t('intake.actions.refuse')}
          </Button>
          <Button variant="default" onClick={onDiscard}>
            {t('intake.actions.discard')}
          </Button>
        </div>
      )}
      {isRefusing && <RefuseDialog saver={saver} onClose={() => setRefusing(false)} />}
    </header>
  )
}

/** Where the draft stands: the only thing a save changes on the screen (R7). */
function SaveLine({ saver, session }: Pick<IntakeHeadProps, 'saver' | 'session'>) {
  const state = useCell(saver.state)
  const tag = <span className={styles.draftTag}>{t('intake.draft')}</span>
  if (state.kind === 'saved') {
    return (
      <>
        {tag}
        <span className={styles.hint}>{t('intake.drafts.autosaved', { time: formatTimeWithSeconds(state.at) })}</span>
      </>
    )
  }
  if (state.kind === 'failed') {
    return (
      <span className={styles.saveFailed} role="alert">
        {t('intake.drafts.failed', { reason: describeFailure(state.failure).title })}
      </span>
    )
  }
  if (!session.reopenedFrom) return null
  return (
    <>
      {tag}
      <span className={styles.hint} role="status">
        {t('intake.drafts.reopened', { time: formatTimeWithSeconds(session.reopenedFrom) })}
      </span>
    </>
  )
}
