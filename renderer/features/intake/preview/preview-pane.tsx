import { t } from '../../../text/t.ts'
import { useIntake } from '../intake-context.ts'
import { ReceiptPreview } from './receipt-preview.tsx'
import { TotalCard } from './total-card.tsx'
import styles from './preview.module.css'

export function PreviewPane() {
  const { procedure } = useIntake()
  return (
    <aside className={styles.pane} aria-label={t('intake.preview.pane')}>
      <div className={styles.receiptCard} tabIndex={0} role="group" aria-label={t('intake.preview.label')}>
        <div className={styles.paneHead}>
          <h3>{t('intake.preview.heading')}</h3>
          <span>{t('intake.preview.paper')}</span>
        </div>
        <ReceiptPreview />
      </div>
      {procedure && <TotalCard />}
    </aside>
  )
}
