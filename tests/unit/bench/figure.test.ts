import { describe, expect, test } from 'vitest'
import { type Figure, figureOf } from '../../bench/figures/figure.ts'
import { judge } from '../../bench/targets.ts'

const about = { what: 'x', unit: 'ms' }

describe('a ratio to a peer', () => {
  test('is the median of the rounds’ own ratios: a machine that slows down for a round slows both', () => {
    const rounds = [[10], [100], [12]]
    const peers = { peer: [[5], [50], [3]] }
    expect(figureOf({ ...about, id: 'a', rounds, peers }).vs).toEqual({ peer: 2 })
  })

  test('compares the slow ends where the slow end is asked for', () => {
    const ours = [...Array(18).fill(1), 8, 9]
    const theirs = [...Array(18).fill(1), 4, 5]
    const wish = { ...about, id: 'a', rounds: [ours], peers: { peer: [theirs] } }
    expect(figureOf(wish).vs).toEqual({ peer: 1 })
    expect(figureOf({ ...wish, compared: 'p95' }).vs).toEqual({ peer: 2 })
  })

  test('needs a round of the peer beside each of ours', () => {
    expect(() => figureOf({ ...about, id: 'a', rounds: [[1], [2]], peers: { peer: [[1]] } })).toThrow('2 rounds')
  })

  test('of a rate is more when ours is faster, and its slow end is the low one', () => {
    const rounds = [[300], [100], [200]]
    const figure = figureOf({ ...about, id: 'push', rounds, peers: { pouchdb: [[100], [50], [100]] }, rate: true })
    expect([figure.p50, figure.p95, figure.vs]).toEqual([200, 100, { pouchdb: 2 }])
  })
})

describe('a target', () => {
  const durable: Figure = { ...about, id: 'command-durable', p50: 1, p95: 2, rounds: 5, samples: 5 }

  test('is judged by the ratio it names, at its limit still reached', () => {
    const judged = judge({ ...durable, vs: { 'raw-dexie': 1.5, pouchdb: 0.71 } })
    expect(judged).toEqual([
      { words: '≤ 1.5 × raw-dexie', reached: true },
      { words: '≤ 0.7 × pouchdb', reached: false },
    ])
  })

  test('that asks for a peer nobody measured is not reached', () => {
    expect(judge(durable).map(({ reached }) => reached)).toEqual([false, false])
  })

  test('is judged by the figure itself where no peer is named; figures without a target are only reported', () => {
    expect(judge({ ...durable, id: 'search', p95: 5.1 })).toEqual([{ words: '≤ 5 ms (p95)', reached: false }])
    expect(judge({ ...durable, id: 'journal-open' })).toEqual([])
  })
})
