import { type Instant, instantOf } from '../../../shared/core/time.ts'

/** The register is looked at on Wednesday 17/08/2022 from 08:00 on; the day goes on while the bench runs. */
export const dayBegins = Date.parse('2022-08-17T08:00:00+07:00')
let began = dayBegins
const startedAt = Date.now()

export function demoNow(): Instant {
  return instantOf(began + Date.now() - startedAt)
}

/** What was filled in an earlier run holds moments of its day; a clock behind them would stop the desk. */
export function continueAfter(instant: Instant): void {
  began = Math.max(began, Date.parse(instant) + 1000)
}
