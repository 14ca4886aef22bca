import { IconQrcode } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { moneyInWords } from '../../../../shared/core/money-in-words.ts'
import { useDeskStatus } from '../../../store/use-desk-status.ts'
import { formatMoney } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { DueText } from '../fee/due-text.tsx'
import { FeeText } from '../fee/fee-text.tsx'
import { useIntake } from '../intake-context.ts'
import styles from './preview.module.css'
import { usePreview } from './preview-context.ts'

/** The paper as it will look. The number is given only when the dossier is saved, so neither it nor its code is shown. */
export function ReceiptPreview() {
  const { unit } = useDeskStatus() ?? {}
  const { procedure } = useIntake()
  const { applicant, delegate, documents, fee, delivery } = usePreview((preview) => preview)
  return (
    <div className={styles.receipt}>
      <p className={styles.issuer}>
        <b>{unit?.authorityName ?? t('intake.preview.empty')}</b>
        <br />
        {unit?.deskName}
      </p>
      <p className={styles.title}>{t('intake.preview.title')}</p>
      <dl>
        <Line term={t('intake.preview.number')}>
          <i>{t('intake.preview.numberLater')}</i>
        </Line>
        <Line term={t('intake.preview.applicant')}>{applicant?.name}</Line>
        {delegate?.name && <Line term={t('intake.preview.delegate')}>{delegate.name}</Line>}
        <Line term={t('intake.preview.procedure')}>{procedure?.shortName ?? procedure?.name}</Line>
        <Line term={t('intake.preview.documents')}>{documents.length > 0 && <DocumentCount />}</Line>
        <Line term={t('intake.preview.fee')}>{procedure && <FeeText />}</Line>
        {fee && fee.amountVnd > 0 && (
          <>
            <Line term={t('intake.preview.total')}>{formatMoney(fee.amountVnd)}</Line>
            <Line term={t('intake.preview.words')}>{moneyInWords(fee.amountVnd, { capitalised: true })}</Line>
          </>
        )}
        <Line term={t('intake.preview.delivery')}>{t(`intake.fee.deliveries.${delivery}`)}</Line>
        <Line term={t('intake.preview.due')} isStrong>
          <DueText />
        </Line>
      </dl>
      <p className={styles.scan}>
        <IconQrcode size={58} stroke={1.4} aria-hidden />
        {t('intake.preview.scan')}
      </p>
    </div>
  )
}

interface LineProps {
  readonly term: string
  readonly isStrong?: boolean
  readonly children: ReactNode
}

function Line({ term, isStrong, children }: LineProps) {
  return (
    <>
      <dt>{term}</dt>
      <dd data-strong={isStrong ? '' : undefined}>{children || t('intake.preview.empty')}</dd>
    </>
  )
}

function DocumentCount() {
  const { scans } = useIntake()
  const documents = usePreview((preview) => preview.documents)
  const files = documents.reduce((sum, document) => sum + document.scans.length, 0)
  const pages = Object.values(scans)
    .flat()
    .reduce((sum, scan) => sum + (scan.pages ?? 0), 0)
  const kinds = t('intake.preview.documentCount', { count: documents.length })
  if (files === 0) return kinds
  const scanned =
    pages > 0 ? t('intake.documents.pages', { count: pages }) : t('intake.documents.files', { count: files })
  return `${kinds}, ${scanned}`
}
