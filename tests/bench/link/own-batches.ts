import type { Desk } from '../../../electron/desk.ts'
import type { Batch } from '../../../electron/journal/batch.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'

const eventsPerFrame = 20

/** Events as the desk would have written them, some to a frame, behind the head of its chain. */
export function ownBatches(desk: Desk, events: readonly DossierEvent[]): readonly Batch[] {
  const batches: Batch[] = []
  let head = desk.journal.index.chain
  for (let from = 0; from < events.length; from += eventsPerFrame) {
    const own = events.slice(from, from + eventsPerFrame).map((event) => {
      const chained = chainEvent(head, event)
      head = chained.chain
      return chained
    })
    batches.push({ own })
  }
  return batches
}
