import { isWitnessed, type StoredEvent } from '../../shared/domain/event.ts'
import type { ReadEvent } from './read-batch.ts'

/** Where a refused event stood: its dossier, and its place in its desk's chain. */
export interface RefusedPlace {
  readonly eventId: string
  readonly dossierId: string
  readonly n: number
}

/** Refused, but its desk decides it again at once and sends what came of it in its next batch. */
const comesBack: ReadonlySet<string> = new Set(['dossier/changed-meanwhile', 'dossier/predecessor-refused'])

/** What became of the events one desk made before an event of the same dossier. */
export interface Predecessors {
  readonly of: (event: StoredEvent, n: number) => 'raced' | 'refused' | undefined
  readonly noteRefused: (place: RefusedPlace, code: string) => void
}

/** `refused` are those of earlier batches that nothing accepted has replaced. */
export function predecessorsIn(refused: readonly RefusedPlace[], batch: readonly ReadEvent[]): Predecessors {
  const replaced = new Set<string>(batch.flatMap(({ stored }) => stored?.rebasedFrom ?? []))
  const places = new Map<string, RefusedPlace[]>()
  const raced = new Set<string>()
  const add = (place: RefusedPlace) => places.set(place.dossierId, [...(places.get(place.dossierId) ?? []), place])
  for (const place of refused) add(place)
  return {
    of: ({ dossierId }, n) => {
      const before = (places.get(dossierId) ?? []).filter((place) => !replaced.has(place.eventId))
      if (before.some(({ eventId }) => raced.has(eventId))) return 'raced'
      return before.some((place) => place.n < n) ? 'refused' : undefined
    },
    noteRefused: (place, code) => {
      add(place)
      if (comesBack.has(code)) raced.add(place.eventId)
    },
  }
}

/**
 * The chain's order, but a witnessed act that could not be judged before goes behind what was decided again since. Not behind
 * all of it: its desk decided again what came after the act with the act in place, and the `seq` of that leaves room for it.
 */
export function judgingOrder(batch: readonly ReadEvent[], seqOf: (dossierId: string) => number): readonly ReadEvent[] {
  const lastRebased = new Map<string, number>()
  for (const [at, { stored }] of batch.entries()) if (stored?.rebasedFrom) lastRebased.set(stored.dossierId, at)
  if (lastRebased.size === 0) return batch
  const isOrdered = ({ dossierId }: ReadEvent, at: number) => at <= (lastRebased.get(dossierId) ?? -1)
  const groups = new Map<string, ReadEvent[]>([...lastRebased.keys()].map((dossierId) => [dossierId, []]))
  for (const read of batch.filter(isOrdered)) groups.get(read.dossierId)?.push(read)
  const ordered = new Map([...groups].map(([id, reads]) => [id, inOrder(reads, seqOf(id)).values()]))
  return batch.map((read, at) => (isOrdered(read, at) ? ordered.get(read.dossierId)?.next().value : undefined) ?? read)
}

/** Of one dossier, up to the last that was decided again; `seq` is that of the dossier before them. */
function inOrder(reads: readonly ReadEvent[], seq: number): readonly ReadEvent[] {
  // What opens a dossier follows nothing, so it stays in front.
  const waits = ({ stored }: ReadEvent) => stored !== undefined && stored.seq > 1 && isWitnessed(stored.type)
  const waiting = reads.filter(waits)
  const order: ReadEvent[] = []
  for (const read of reads.filter((each) => !waits(each))) {
    while (read.stored?.rebasedFrom && read.stored.seq > seq + order.length + 1) {
      const next = waiting.shift()
      if (!next) break
      order.push(next)
    }
    order.push(read)
  }
  return [...order, ...waiting]
}
