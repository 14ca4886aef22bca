import { assertNever } from '../../../shared/core/assert.ts'
import type { FeeRule, Procedure, ProcessingTime } from '../../../shared/law/procedure.ts'
import { capitalise, formatMoney } from '../../text/format.ts'
import { t } from '../../text/t.ts'

/** Time and fee of the ordinary case in a few words: "Trong ngày, miễn phí". The form knows the exceptions. */
export function procedureSummary({ processing, fee }: Procedure): string {
  return capitalise(`${timeWords(processing)}, ${feeWords(fee)}`)
}

function timeWords(processing: ProcessingTime): string {
  switch (processing.rule) {
    case 'same-day':
      return t('palette.time.sameDay')
    case 'working-days':
      return t('palette.time.workingDays', { days: decimal(processing.days) })
    case 'staged':
      return t('palette.time.workingDays', { days: processing.stages.reduce((sum, { days }) => sum + days, 0) })
    case 'calendar-days':
      return t('palette.time.days', { days: processing.days })
    case 'working-hours':
      return t('palette.time.hours', { hours: processing.hours })
    case 'entered':
      return t('palette.time.entered')
    default:
      return assertNever(processing)
  }
}

function decimal(amount: number): string {
  return String(amount).replace('.', ',')
}

/** Parts that are due on a condition only, such as a late registration, and copies that need not be asked for are left out. */
function feeWords(fee: FeeRule): string {
  switch (fee.rule) {
    case 'free':
      return t('palette.fee.free')
    case 'per-case':
      return formatMoney(fee.amountVnd)
    case 'per-item':
      return t('palette.fee.perItem', { amount: formatMoney(fee.amountVnd), item: fee.item })
    case 'per-page':
      return t('palette.fee.perPage', { amount: formatMoney(fee.firstPageVnd) })
    case 'entered':
      return t('palette.fee.entered')
    case 'sum': {
      const due = fee.parts.filter(
        (part) => !part.when && part.rule !== 'free' && !('optional' in part && part.optional),
      )
      return due.length === 0 ? t('palette.fee.free') : due.map(feeWords).join(' + ')
    }
    default:
      return assertNever(fee)
  }
}
