import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkChain, type HeldChain } from '../../../district/exchange/check-chain.ts'
import type { ReadEvent } from '../../../district/exchange/read-batch.ts'
import type { EventId } from '../../../shared/core/ids.ts'
import { bodyHashOf, linkOf } from '../../../shared/node/event-hashes.ts'
import { chainStart } from '../../../shared/wire/own-event.ts'

const nothing: HeldChain = { head: { n: 0, link: chainStart }, links: new Map() }

function chainOf(length: number): ReadEvent[] {
  const events: ReadEvent[] = []
  let link = chainStart
  for (let n = 1; n <= length; n += 1) {
    const salt = n.toString(16).padStart(32, '0')
    const text = `text ${n}`
    const bodyHash = bodyHashOf(salt, text)
    const eventId = `event-${n}` as EventId
    link = linkOf(link, n, eventId, bodyHash)
    const own = { text, chain: { n, salt, bodyHash, link } }
    events.push({ own, kept: text, eventId, dossierId: '', stored: undefined, intact: true, linkedTo: undefined })
  }
  return events
}

/** What a district holds after taking these events. */
function held(events: readonly ReadEvent[]): HeldChain {
  const { head, fresh } = checkChain(nothing, events)
  return { head, links: new Map(fresh.map((link) => [link.n, link])) }
}

test('an honest chain in any split of pages, sent twice or not, has no incident and ends at its head', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.integer({ min: 0, max: 30 })),
      fc.boolean(),
      (length, cuts, twice) => {
        const events = chainOf(length)
        const bounds = [0, ...cuts.filter((cut) => cut < length).sort((a, b) => a - b), length]
        let known = nothing
        for (const [index, from] of bounds.slice(0, -1).entries()) {
          const page = events.slice(twice ? 0 : from, bounds[index + 1])
          const { incidents, fresh, head } = checkChain(known, page)
          expect(incidents).toEqual([])
          known = { head, links: new Map([...known.links, ...fresh.map((link) => [link.n, link] as const)]) }
        }
        expect(known.head).toEqual({ n: length, link: events.at(-1)?.own.chain.link })
      },
    ),
    { seed: 20_261_123 },
  )
})

test('any missing place is reported once, as the stretch that is missing', () => {
  const events = chainOf(8)
  const { incidents, head } = checkChain(nothing, [...events.slice(0, 2), ...events.slice(5)])
  expect(incidents).toEqual([{ code: 'chain/gap', subject: '3-5' }])
  expect(head.n).toBe(8)
})

test('a changed event id, place or link is noticed', () => {
  const events = chainOf(3)
  const second = events[1]
  if (!second) throw new Error('three events')
  const changes: readonly ReadEvent[] = [
    { ...second, eventId: 'event-9' as EventId },
    { ...second, own: { ...second.own, chain: { ...second.own.chain, bodyHash: 'a'.repeat(64) } } },
    { ...second, own: { ...second.own, chain: { ...second.own.chain, link: 'b'.repeat(64) } } },
  ]
  for (const changed of changes) {
    expect(checkChain(held(events.slice(0, 1)), [changed]).incidents).toContainEqual({
      code: 'chain/broken-link',
      subject: '2',
    })
  }
  expect(checkChain(nothing, [{ ...second, intact: false }]).incidents).toContainEqual({
    code: 'chain/body-mismatch',
    subject: '2',
  })
})

test('another link at a held place is a fork, and the first stays', () => {
  const [first] = chainOf(1)
  if (!first) throw new Error('one event')
  const other = { ...first, own: { ...first.own, chain: { ...first.own.chain, link: 'c'.repeat(64) } } }
  const checked = checkChain(held([first]), [other])
  expect(checked.incidents).toEqual([{ code: 'chain/fork', subject: '1' }])
  expect(checked.fresh).toEqual([])
  expect(checked.head.link).toBe(first.own.chain.link)
})

test('a link reckoned from another predecessor than the one that is held does not fit', () => {
  const known = held(chainOf(4))
  const [fourth, fifth] = chainOf(5).slice(3)
  if (!fourth || !fifth) throw new Error('five events')
  const other = 'd'.repeat(64)
  const { n, bodyHash, salt } = fifth.own.chain
  const link = linkOf(other, n, fifth.eventId, bodyHash)
  const forged = { ...fourth, own: { ...fourth.own, chain: { ...fourth.own.chain, link: other } } }
  const behind = { ...fifth, own: { ...fifth.own, chain: { n, salt, bodyHash, link } }, linkedTo: other }
  expect(checkChain(known, [forged, behind]).incidents).toEqual([
    { code: 'chain/fork', subject: '4' },
    { code: 'chain/broken-link', subject: '5' },
  ])
})

test('what fills a gap must fit the link behind it too', () => {
  const events = chainOf(3)
  const [first, second, third] = events
  if (!first || !second || !third) throw new Error('three events')
  const known = held([first, third])
  expect(checkChain(known, [second]).incidents).toEqual([])
  const forged = { ...second, eventId: 'event-x' as EventId }
  const link = linkOf(first.own.chain.link, 2, 'event-x', second.own.chain.bodyHash)
  const fitting = { ...forged, own: { ...second.own, chain: { ...second.own.chain, link } } }
  expect(checkChain(known, [fitting]).incidents).toEqual([{ code: 'chain/broken-link', subject: '3' }])
})
