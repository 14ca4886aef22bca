import { formersOf, isWitnessed, type StoredEvent } from '../../shared/domain/event.ts'
import type { ReadEvent } from './read-batch.ts'

/** Where a refused event stood: its dossier, and its place in its desk's chain. */
export interface RefusedPlace {
  readonly eventId: string
  readonly dossierId: string
  readonly n: number
  readonly code: string
  /** The event it was decided again from: refused before it. */
  readonly replaces?: string | undefined
}

/** Refused, but its desk decides it again at once and sends what came of it in its next batch. */
const comesBack: ReadonlySet<string> = new Set(['dossier/changed-meanwhile', 'dossier/predecessor-refused'])

/** What became of the events one desk made before an event of the same dossier. */
export interface Predecessors {
  readonly of: (event: StoredEvent, n: number) => 'raced' | 'refused' | undefined
  readonly noteRefused: (place: RefusedPlace) => void
  /** An event that is no witnessed act waits: what was done behind it must not fit in its place. */
  readonly noteParked: (place: Pick<RefusedPlace, 'dossierId' | 'n'>) => void
}

/**
 * `refused` are those of earlier batches that nothing has replaced (`openPlaces`), `parkedBefore` the witnessed acts of the batch
 * that have waited: a desk with much to send may bring the act a page behind the refused one, before it has heard of that.
 */
export function predecessorsIn(
  refused: readonly RefusedPlace[],
  parkedBefore: ReadonlySet<string>,
  batch: readonly ReadEvent[],
): Predecessors {
  const replaced = new Set<string>(batch.flatMap(({ stored }) => (stored ? formersOf(stored) : [])))
  const places = new Map<string, RefusedPlace[]>()
  const raced = new Set<string>()
  const firstParked = new Map<string, number>()
  const add = (place: RefusedPlace) => places.set(place.dossierId, [...(places.get(place.dossierId) ?? []), place])
  for (const place of refused) add(place)
  return {
    of: (event, n) => {
      const { id, dossierId } = event
      const waits = waitsForOthers(event)
      const open = (places.get(dossierId) ?? []).filter((place) => !replaced.has(place.eventId))
      if (open.some(({ eventId }) => raced.has(eventId))) return 'raced'
      const before = open.filter((place) => place.n < n)
      if (waits && !parkedBefore.has(id) && before.some(({ code }) => comesBack.has(code))) return 'raced'
      if (waits && (firstParked.get(dossierId) ?? n) < n) return 'raced'
      return before.length > 0 ? 'refused' : undefined
    },
    noteRefused: (place) => {
      const former = places.get(place.dossierId)?.find(({ eventId }) => eventId === place.replaces)
      add({ ...place, n: Math.min(place.n, former?.n ?? place.n) })
      if (comesBack.has(place.code)) raced.add(place.eventId)
    },
    noteParked: ({ dossierId, n }) => firstParked.set(dossierId, Math.min(n, firstParked.get(dossierId) ?? n)),
  }
}

/**
 * Of all refused places of a dossier those that nothing took: what was refused, decided again and refused again stands once,
 * at the place where it was first done. `replaced` are the events that accepted ones were decided again from.
 */
export function openPlaces(refused: readonly RefusedPlace[], replaced: ReadonlySet<string>): readonly RefusedPlace[] {
  const byId = new Map(refused.map((place) => [place.eventId, place]))
  const followed = new Set(refused.flatMap(({ replaces }) => replaces ?? []))
  const firstN = (place: RefusedPlace): number => {
    let { n, replaces } = place
    for (let former = byId.get(replaces ?? ''); former && former.n < n; former = byId.get(replaces ?? '')) {
      ;({ n, replaces } = former)
    }
    return n
  }
  return refused
    .filter(({ eventId }) => !replaced.has(eventId) && !followed.has(eventId))
    .map((place) => ({ ...place, n: firstN(place) }))
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

/** A witnessed act that may be parked; what opens a dossier follows nothing. */
export function waitsForOthers({ seq, type }: StoredEvent): boolean {
  return seq > 1 && isWitnessed(type)
}

/** Of one dossier, up to the last that was decided again; `seq` is that of the dossier before them. */
function inOrder(reads: readonly ReadEvent[], seq: number): readonly ReadEvent[] {
  const waits = ({ stored }: ReadEvent) => stored !== undefined && waitsForOthers(stored)
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
