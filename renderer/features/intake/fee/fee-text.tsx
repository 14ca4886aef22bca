import type { FeeLine } from '../../../../shared/domain/fee.ts'
import { formatMoney } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { usePreview } from '../preview/preview-context.ts'

/** The reckoning line by line: "2 bản sao trích lục × 8.000 đ = 16.000 đ". */
export function FeeText() {
  const fee = usePreview((preview) => preview.fee)
  if (!fee) return t('intake.fee.unknown')
  if (fee.exemption) return t('intake.fee.exempt', { reason: fee.exemption })
  if (fee.lines.length === 0) return t('intake.fee.free')
  return (
    <>
      {fee.lines.map((line) => (
        <div key={`${line.kind}-${line.amountVnd}`}>{describeLine(line)}</div>
      ))}
    </>
  )
}

function describeLine(line: FeeLine): string {
  const amount = formatMoney(line.amountVnd)
  switch (line.kind) {
    case 'case':
      return `${t('intake.fee.lines.case')}: ${amount}`
    case 'entered':
      return `${t('intake.fee.lines.entered')}: ${amount}`
    case 'items': {
      const { quantity, item, unitVnd } = line
      return `${t('intake.fee.lines.items', { quantity, item, unit: formatMoney(unitVnd) })} = ${amount}`
    }
    case 'pages': {
      const { pages, copies, perCopyVnd, capped } = line
      const text = `${t('intake.fee.lines.pages', { pages, copies, unit: formatMoney(perCopyVnd) })} = ${amount}`
      return capped ? `${text} (${t('intake.fee.capped')})` : text
    }
  }
}
