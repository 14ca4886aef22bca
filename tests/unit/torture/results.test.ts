import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../../harness/temp-folder.ts'
import { type Attacked, mergeResults, type Results, readResults, writeResults } from '../../torture/results.ts'

const order = ['kill', 'line', 'clock']

function attacked(id: string, seed: number, held = true): Attacked {
  const counts = { tries: 1, acknowledged: 1, lost: 0, duplicated: 0, opened: { times: 1, of: 1 }, broken: [] }
  return { id, ...counts, seed, scale: 'long', seconds: 1, held }
}

function shown({ attacks }: Results) {
  return attacks.map(({ id, seed, held }) => [id, seed, held])
}

test('an attack tried alone replaces its own result, also a better one, and leaves the others in their order', () => {
  const before: Results = { attacks: [attacked('kill', 1), attacked('clock', 1)] }
  const withLine = mergeResults(before, attacked('line', 2), order)
  expect(shown(withLine)).toEqual([
    ['kill', 1, true],
    ['line', 2, true],
    ['clock', 1, true],
  ])
  expect(shown(mergeResults(withLine, attacked('kill', 3, false), order))).toEqual([
    ['kill', 3, false],
    ['line', 2, true],
    ['clock', 1, true],
  ])
})

test('the result of an attack that is gone does not stay', () => {
  const before: Results = { attacks: [attacked('gone', 1), attacked('line', 1)] }
  expect(shown(mergeResults(before, attacked('clock', 2), order))).toEqual([
    ['line', 1, true],
    ['clock', 2, true],
  ])
})

test('results are read back as written; a file that is missing or cut counts for nothing', () => {
  const file = path.join(tempFolder(), 'torture.json')
  expect(readResults(file)).toEqual({ attacks: [] })
  writeResults(file, { attacks: [attacked('kill', 1)] })
  expect(shown(readResults(file))).toEqual([['kill', 1, true]])
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40))
  expect(readResults(file)).toEqual({ attacks: [] })
})
