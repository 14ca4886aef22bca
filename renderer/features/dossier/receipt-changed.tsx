import type { Dossier } from '../../../shared/domain/dossier.ts'
import { formatMoment } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'

/** The paper in the applicant's hand no longer says what the dossier says, until the result is handed over. */
export function ReceiptChanged({ dossier }: { readonly dossier: Dossier }) {
  const { receiptChangedAt, state } = dossier
  if (!receiptChangedAt || state.status === 'handed-over') return null
  const title = t('correction.receiptChanged.title', { when: formatMoment(receiptChangedAt) })
  return <NoticeBox tone="gold" notice={{ title, action: t('correction.receiptChanged.action') }} />
}
