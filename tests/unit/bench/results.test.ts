import { describe, expect, test } from 'vitest'
import type { Figure } from '../../bench/figures/figure.ts'
import { type Conditions, type Measured, mergeResults, type Results } from '../../bench/results.ts'

const order = ['commands', 'list']
const nothing: Results = { figures: [], failed: [] }

function conditions(commit: string): Conditions {
  return { at: '2026-11-23T08:00:00.000Z', seconds: 1, commit, dossiers: 500, rounds: 5, loadBefore: 0, loadAfter: 0 }
}

function figure(id: string, p50 = 1): Figure {
  return { id, what: id, unit: 'ms', p50, p95: p50, rounds: 5, samples: 5 }
}

function measured(part: string, commit: string, figures: readonly Figure[]): Measured {
  return { part, conditions: conditions(commit), figures }
}

function idsOf({ figures }: Results): readonly string[] {
  return figures.map(({ id }) => id)
}

describe('a part measured again', () => {
  const before = mergeResults(
    mergeResults(nothing, measured('list', 'old', [figure('list-50'), figure('gone')]), order),
    measured('commands', 'old', [figure('command-durable')]),
    order,
  )

  test('replaces all its own figures, also those it no longer makes, and keeps the others', () => {
    const after = mergeResults(before, measured('list', 'new', [figure('list-50', 7)]), order)
    expect(idsOf(after)).toEqual(['command-durable', 'list-50'])
    expect(after.figures.map(({ p50, measured: { commit } }) => [p50, commit])).toEqual([
      [1, 'old'],
      [7, 'new'],
    ])
  })

  test('that fails leaves no old figure behind, and its failure ends with its next success', () => {
    const failed = mergeResults(before, { ...measured('list', 'new', []), failure: 'no window' }, order)
    expect(idsOf(failed)).toEqual(['command-durable'])
    expect(failed.failed).toEqual([{ part: 'list', message: 'no window' }])
    expect(mergeResults(failed, measured('list', 'new', [figure('list-50')]), order).failed).toEqual([])
  })
})

test('figures stand in the order of the parts, and those of parts that are gone disappear', () => {
  const known = mergeResults(nothing, measured('list', 'a', [figure('list-50')]), order)
  const old: Results = { ...known, figures: known.figures.map((each) => ({ ...each, part: 'page' })) }
  expect(idsOf(mergeResults(known, measured('commands', 'b', [figure('c')]), order))).toEqual(['c', 'list-50'])
  expect(idsOf(mergeResults(old, measured('commands', 'b', [figure('c')]), order))).toEqual(['c'])
})
