import { sizeOf } from '../../shared/wire/event-text.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import type { EventEntry } from '../journal/event-entry.ts'
import type { Journal } from '../journal/journal.ts'

export interface UnsentPage {
  readonly entries: readonly EventEntry[]
  readonly events: readonly OwnEvent[]
  readonly bytes: number
  /** No unsent events stand behind it. */
  readonly isLast: boolean
}

/** One pass over the events that were unsent when it began, in chain order. */
export interface UnsentPages {
  readonly next: (maxBytes: number, maxEvents: number) => Promise<UnsentPage>
  /** The page was not taken; it comes again, perhaps smaller. */
  readonly putBack: (page: UnsentPage) => void
}

export function unsentPages(journal: Journal): UnsentPages {
  const entries = inChainOrder([...journal.index.unsent.values()])
  let at = 0
  return {
    async next(maxBytes, maxEvents) {
      const events: OwnEvent[] = []
      const from = at
      let bytes = 0
      for (let entry = entries[at]; entry && events.length < maxEvents; entry = entries[at]) {
        const own = await journal.ownTextOf(entry)
        const size = sizeOf(own.text)
        if (events.length > 0 && bytes + size > maxBytes) break
        events.push(own)
        bytes += size
        at += 1
      }
      return { entries: entries.slice(from, at), events, bytes, isLast: at >= entries.length }
    },
    putBack(page) {
      at -= page.events.length
    },
  }
}

function inChainOrder(entries: EventEntry[]): readonly EventEntry[] {
  return entries.sort((a, b) => (a.chainN ?? 0) - (b.chainN ?? 0))
}
