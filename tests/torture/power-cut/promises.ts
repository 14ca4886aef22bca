import type { StoredEvent } from '../../../shared/domain/event.ts'
import type { Recording } from './recording.ts'
import { entryOf, otherEntry } from './work.ts'

/** What the desk had called durable when the power went. */
export interface Promises {
  readonly own: readonly StoredEvent[]
  /** Of those, what the district had not taken, nor was just taking: what the mirror has to hold. */
  readonly unsent: readonly StoredEvent[]
  readonly others: readonly StoredEvent[]
  /** How far the district's stream had been written down. */
  readonly cursor: number
  /** The step each draft was last saved in; undefined where it was discarded. */
  readonly drafts: ReadonlyMap<string, number | undefined>
  readonly scans: readonly string[]
}

export function promisesAt({ trace, seed, isLarge }: Recording, cutAt: number): Promises {
  let own = 0
  let taken = 0
  let cursor = 0
  const others: number[] = []
  const drafts = new Map<string, number | undefined>()
  const scans: string[] = []
  for (const step of trace) {
    if (step.kind !== 'said') continue
    const [what, first = '', second] = step.text.split(' ')
    if (step.start >= cutAt) {
      // What was under way may have reached the disk without being said.
      if (what === 'taken') taken = own
      if (what === 'discard') drafts.delete(first)
      break
    }
    if (what === 'own') own = Number(first)
    if (what === 'taken') taken = own
    if (what === 'other') others.push(Number(first))
    if (what === 'other' || what === 'taken') cursor = Number(first)
    if (what === 'draft') drafts.set(first, Number(second))
    if (what === 'discard') drafts.set(first, undefined)
    if (what === 'scan') scans.push(first)
  }
  const events = Array.from({ length: own }, (_, at) => entryOf(seed, at + 1, isLarge))
  return {
    own: events,
    unsent: events.slice(taken),
    others: others.map((seq) => otherEntry(seed, seq)),
    cursor,
    drafts,
    scans,
  }
}
