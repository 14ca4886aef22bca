import { seedData } from '../../../district/law/seed-data.ts'
import { demoNow } from './demo-day.ts'

/** The communes of the demo data that exist on the demo day. */
export function communesInForce(): readonly string[] {
  const now = demoNow()
  const { units } = seedData('vu-ban-2022').units
  return units.filter(({ kind, validFrom }) => kind === 'commune' && validFrom <= now).map(({ id }) => id)
}
