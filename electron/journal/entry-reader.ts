import { invariant } from '../../shared/core/assert.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import { createBatchReader, DamagedEntry } from './batch-cache.ts'
import type { EventEntry } from './event-entry.ts'
import type { Segments } from './segments.ts'

/** What entries of the index say, read from their frames; a `DamagedEntry` is thrown where a frame does not open. */
export interface EntryReader {
  readonly ownTextOf: (entry: EventEntry) => Promise<OwnEvent>
  /** The exact text of an event, whoever made it. */
  readonly textOf: (entry: EventEntry) => Promise<string>
}

export function createEntryReader(segments: Pick<Segments, 'read'>): EntryReader {
  const readBatch = createBatchReader(segments)
  return {
    async ownTextOf({ place }) {
      invariant(place.list === 'own', 'only own entries have a place in the chain')
      const own = (await readBatch(place)).own?.[place.at]
      if (!own) throw new DamagedEntry('entry has no text')
      return own
    },
    async textOf({ place }) {
      const batch = await readBatch(place)
      const text = place.list === 'own' ? batch.own?.[place.at]?.text : batch.stream?.[place.at]?.text
      if (text === undefined) throw new DamagedEntry('entry has no text')
      return String(text)
    },
  }
}
