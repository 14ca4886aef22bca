import { assertNever } from '../../core/assert.ts'
import type { ProcessingTime } from '../procedure.ts'

/**
 * The time the rule gives, as the form asks for it. Made from the rule and not from the catalogue's own words, which
 * may hold notes to the officer.
 */
export function processingInWords(processing: ProcessingTime): string {
  switch (processing.rule) {
    case 'same-day':
      return `trong ngày; nhận sau ${clockInWords(processing.cutoff)} thì trả ngày làm việc tiếp theo`
    case 'working-days':
      return processing.days === 0.5 ? 'nửa ngày làm việc' : `${counted(processing.days)} ngày làm việc`
    case 'calendar-days':
      return `${counted(processing.days)} ngày`
    case 'working-hours':
      return `${counted(processing.hours)} giờ làm việc`
    case 'staged':
      return `${counted(processing.stages.reduce((sum, stage) => sum + stage.days, 0))} ngày làm việc`
    case 'entered':
      return 'theo ngày hẹn trả ghi dưới đây'
    default:
      return assertNever(processing)
  }
}

/** "03", "15", "2,5": numbers below 10 take a zero, so that no digit can be written before them. */
function counted(amount: number): string {
  return String(amount).replace('.', ',').padStart(2, '0')
}

function clockInWords(time: string): string {
  const [hours, minutes] = time.split(':')
  return minutes === '00' ? `${hours} giờ` : `${hours} giờ ${minutes} phút`
}
