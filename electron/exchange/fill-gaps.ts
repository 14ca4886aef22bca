import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import type { DistrictFailure } from './district-client.ts'
import { type EventsDeps, exchangeOnly } from './exchange-events.ts'

/** Own events offered again in one round. */
const eventsPerRound = 500

/**
 * Offers again what stands in the gaps the district sees in this desk's chain: after a restore others may have brought the
 * events back, but only their author knows their links. Refused ones stay out: decided again, they were replaced.
 */
export async function fillGaps(
  deps: EventsDeps,
  gaps: NonNullable<ExchangeReply['gaps']>,
): Promise<DistrictFailure | undefined> {
  const { journal } = deps.desk
  const isMissing = (n: number | undefined) => n !== undefined && gaps.some(({ from, to }) => from <= n && n <= to)
  const missing = [...journal.index.events.values()]
    .filter(({ chainN, refusedCode }) => isMissing(chainN) && refusedCode === undefined)
    .sort((a, b) => (a.chainN ?? 0) - (b.chainN ?? 0))
  for (let at = 0; at < missing.length && !deps.signal.aborted; at += eventsPerRound) {
    const entries = missing.slice(at, at + eventsPerRound)
    const events: OwnEvent[] = []
    for (const entry of entries) events.push(await journal.ownTextOf(entry))
    const answered = await exchangeOnly(deps, { events, eventIds: entries.map(({ eventId }) => eventId) })
    if (!answered.ok) return answered.error
  }
  return undefined
}
