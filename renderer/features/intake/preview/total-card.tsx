import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { formatMoney } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { useReceive } from '../submit/receive-context.ts'
import styles from './preview.module.css'
import { usePreview } from './preview-context.ts'

/** What to collect, and the one primary action. It is never disabled for errors: pressing it goes to the first (R11). */
export function TotalCard() {
  const fee = usePreview((preview) => preview.fee)
  const { receive, isSending } = useReceive()
  return (
    <div className={styles.total}>
      <p className={styles.amount}>
        <span>{t('intake.fee.total')}</span>
        <b>{fee ? formatMoney(fee.amountVnd) : t('intake.preview.empty')}</b>
      </p>
      <Button
        fullWidth
        h={40}
        data-after-last=""
        aria-disabled={isSending}
        leftSection={<IconPrinter size={18} aria-hidden />}
        rightSection={<span className="key-on-fill">Ctrl Enter</span>}
        onClick={receive}
      >
        {isSending ? t('intake.actions.receiving') : t('intake.actions.receive')}
      </Button>
      <Remaining />
    </div>
  )
}

function Remaining() {
  const errors = usePreview((preview) => preview.problems)
  const documents = usePreview((preview) => preview.missing.size)
  if (errors === 0 && documents === 0) return <p className={styles.ready}>{t('intake.preview.remaining.none')}</p>
  const key = errors === 0 ? 'documents' : documents === 0 ? 'errors' : 'both'
  return <p className={styles.remaining}>{t(`intake.preview.remaining.${key}`, { errors, documents })}</p>
}
