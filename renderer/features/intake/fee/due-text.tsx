import { formatMoment } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { usePreview } from '../preview/preview-context.ts'

/** The promised moment, with what is not sure about it. */
export function DueText() {
  const due = usePreview((preview) => preview.due)
  const enteredDueAt = usePreview((preview) => preview.enteredDueAt)
  if (!due) return t('intake.preview.empty')
  if (due.kind === 'computed') {
    return due.verified ? formatMoment(due.dueAt) : `${formatMoment(due.dueAt)} (${t('intake.fee.unverified')})`
  }
  if (!enteredDueAt) return t('intake.preview.empty')
  return `${formatMoment(enteredDueAt)} (${t('intake.fee.unverified')})`
}
