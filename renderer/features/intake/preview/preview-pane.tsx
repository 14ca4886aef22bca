import { receiptCopies } from '../../../../shared/law/papers/receipt-paper.ts'
import { t } from '../../../text/t.ts'
import { useIntake } from '../intake-context.ts'
import styles from './preview.module.css'
import { ReceiptPreview } from './receipt-preview.tsx'
import { TotalCard } from './total-card.tsx'

export function PreviewPane() {
  const { procedure } = useIntake()
  return (
    <aside className={styles.pane} aria-label={t('intake.preview.pane')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it. */}
      <section className={styles.receiptCard} tabIndex={0} aria-label={t('intake.preview.label')}>
        <div className={styles.paneHead}>
          <h3>{t('intake.preview.heading')}</h3>
          <span>{t('intake.preview.paper', { copies: receiptCopies })}</span>
        </div>
        <ReceiptPreview />
      </section>
      {procedure && <TotalCard />}
    </aside>
  )
}
