import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { t } from '../../../text/t.ts'
import styles from '../intake.module.css'

interface DiscardedNoticeProps {
  readonly onUndo: () => void
  readonly onNew: () => void
}

/** Undo instead of "Are you sure?" (R8). */
export function DiscardedNotice({ onUndo, onNew }: DiscardedNoticeProps) {
  useEffect(() => {
    function handleKey(event: KeyboardEvent): void {
      if (event.ctrlKey && event.key === 'z') {
        event.preventDefault()
        onUndo()
      }
      if (event.key === 'F2') {
        event.preventDefault()
        onNew()
      }
    }
    window.addEventListener('keydown', handleKey)
    return () => window.removeEventListener('keydown', handleKey)
  })
  return (
    <div className={styles.empty}>
      <p role="status">{t('intake.drafts.discarded')}</p>
      <Button variant="default" autoFocus rightSection={<kbd>Ctrl Z</kbd>} onClick={onUndo}>
        {t('intake.actions.undo')}
      </Button>
      <Button rightSection={<kbd>F2</kbd>} onClick={onNew}>
        {t('intake.done.next')}
      </Button>
    </div>
  )
}
