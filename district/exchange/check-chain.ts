import { linkOf } from '../../shared/node/event-hashes.ts'
import { type ChainLink, chainStart } from '../../shared/wire/own-event.ts'
import type { Incident } from '../store/incidents.ts'
import type { ReadEvent } from './read-batch.ts'

export interface Link extends ChainLink {
  readonly eventId: string
}

/** What the district holds of a desk's chain: its head, and the places at and beside the incoming ones. */
export interface HeldChain {
  readonly head: { readonly n: number; readonly link: string }
  readonly links: ReadonlyMap<number, Pick<Link, 'n' | 'eventId' | 'bodyHash' | 'link'>>
}

export interface CheckedChain {
  readonly head: { readonly n: number; readonly link: string }
  readonly fresh: readonly Link[]
  readonly incidents: readonly Incident[]
}

/**
 * ```
 * held:      … ─ n-1 ─ n          incoming:  n+1 ─ n+2 ─ …     continues: nothing to say
 *                                 incoming:  n+3 ─ …           gap n+1…n+2: incident
 *                                 incoming:  n'                other link at a held place: fork, incident
 * ```
 * 1. The chain proves what a desk did and in which order; it never decides whether an event is admitted.
 * 2. Nothing here blocks: every disagreement is an incident and the rest goes on.
 * 3. The first link seen at a place stays.
 */
export function checkChain(held: HeldChain, events: readonly ReadEvent[]): CheckedChain {
  const links = new Map(held.links)
  const incidents: Incident[] = []
  const fresh: Link[] = []
  let { head } = held
  for (const { own, eventId, intact, linkedTo } of events) {
    const { n, bodyHash, link, salt } = own.chain
    if (!intact) incidents.push({ code: 'chain/body-mismatch', subject: String(n) })
    const known = links.get(n)
    if (known) {
      if (known.link !== link) incidents.push({ code: 'chain/fork', subject: String(n) })
      continue
    }
    const previous = n === 1 ? chainStart : n === head.n + 1 ? head.link : links.get(n - 1)?.link
    if (previous && previous !== linkedTo && linkOf(previous, n, eventId, bodyHash) !== link) {
      incidents.push({ code: 'chain/broken-link', subject: String(n) })
    }
    if (!previous && n > head.n) incidents.push({ code: 'chain/gap', subject: `${head.n + 1}-${n - 1}` })
    const next = links.get(n + 1)
    if (next && linkOf(link, next.n, next.eventId, next.bodyHash) !== next.link) {
      incidents.push({ code: 'chain/broken-link', subject: String(next.n) })
    }
    const place: Link = { n, salt, bodyHash, link, eventId }
    links.set(n, place)
    fresh.push(place)
    if (n > head.n) head = { n, link }
  }
  return { head, fresh, incidents }
}
