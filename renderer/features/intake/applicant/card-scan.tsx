import { Button, Modal } from '@mantine/core'
import { t } from '../../../text/t.ts'
import styles from '../intake.module.css'
import type { CardScanState } from './use-card-scan.ts'

/** What the card says beside what was typed; nothing is overwritten without an answer. */
export function CardScan({ scan }: { readonly scan: CardScanState }) {
  return (
    <Modal
      opened={scan.conflicts.length > 0}
      onClose={() => scan.resolve('typed')}
      title={t('intake.scan.conflictTitle')}
      closeButtonProps={{ 'aria-label': t('intake.actions.close') }}
      centered
    >
      <p>{t('intake.scan.conflictIntro')}</p>
      <table className={styles.compare}>
        <thead>
          <tr>
            <th scope="col">{t('intake.scan.field')}</th>
            <th scope="col">{t('intake.scan.typed')}</th>
            <th scope="col">{t('intake.scan.card')}</th>
          </tr>
        </thead>
        <tbody>
          {scan.conflicts.map(({ name, label, typed, value }) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              <td>{typed}</td>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.dialogActions}>
        <Button variant="default" data-autofocus onClick={() => scan.resolve('typed')}>
          {t('intake.scan.keepTyped')}
        </Button>
        <Button onClick={() => scan.resolve('card')}>{t('intake.scan.takeCard')}</Button>
      </div>
    </Modal>
  )
}

/** Says what a scan did, above the fields it tinted. */
export function ScanBanner({ scan }: { readonly scan: CardScanState }) {
  if (scan.scanned.size === 0 && !scan.isLetterless) {
    return <span className={styles.hint}>{t('intake.applicant.scanAnytime')}</span>
  }
  return (
    <div className={styles.scanBanner} role="status">
      <span>
        {scan.scanned.size > 0 && t('intake.scan.filled', { count: scan.scanned.size })}
        {scan.isLetterless && ` ${t('intake.scan.unreadable')}`}
      </span>
      <button type="button" onClick={scan.confirm}>
        {t('intake.scan.confirm')}
      </button>
      <button type="button" onClick={scan.undo}>
        {t('intake.scan.undo')}
      </button>
    </div>
  )
}
