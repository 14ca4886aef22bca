import { useCallback } from 'react'
import { navigate, replaceRoute } from '../../app/route.ts'
import { describeFailure } from '../../text/describe-refusal.ts'
import { t } from '../../text/t.ts'
import { type IntakeSession, newSession } from './draft-content.ts'
import styles from './intake.module.css'
import { IntakeWorkspace } from './intake-workspace.tsx'
import { useIntakeSession } from './use-intake-session.ts'

/** Tiếp nhận: one citizen's dossier from the first key to the printed receipt. */
export function IntakeScreen() {
  const { open, start } = useIntakeSession()

  const startNew = useCallback(
    (session: IntakeSession = newSession()): void => {
      replaceRoute({ page: 'intake' })
      start(session)
    },
    [start],
  )

  switch (open.kind) {
    case 'loading':
      return <p role="status">{t('intake.loading')}</p>
    case 'open':
      return <IntakeWorkspace key={open.session.draftId} session={open.session} onStart={startNew} />
    case 'failed': {
      const { title, action } = describeFailure(open.failure)
      return <NoDraft text={`${title} ${action}`} onNew={startNew} />
    }
    case 'not-found':
      return <NoDraft text={t('intake.drafts.notFound')} onNew={startNew} />
    case 'unreadable':
      return <NoDraft text={t('intake.drafts.unreadable')} onNew={() => navigate({ page: 'intake' })} />
  }
}

function NoDraft({ text, onNew }: { readonly text: string; readonly onNew: () => void }) {
  return (
    <div className={styles.empty}>
      <p role="alert">{text}</p>
      <button type="button" className={styles.linkButton} onClick={() => onNew()}>
        {t('intake.done.next')}
      </button>
    </div>
  )
}
