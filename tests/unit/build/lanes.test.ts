import { describe, expect, test } from 'vitest'
import { complaintsAbout } from '../../../build/check/planted-violations.mjs'
import { inWords } from '../../../build/lanes/lane.mjs'
import { countsOfPlaywright } from '../../../build/lanes/playwright.mjs'
import { countsOfVitest } from '../../../build/lanes/vitest.mjs'

describe('counts of a Vitest run', () => {
  const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] }

  test('are those of its report', () => {
    expect(countsOfVitest(report, 0)).toEqual({ passed: 5, failed: 0, skipped: 2 })
  })

  test('show a file that could not be loaded', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }]
    expect(countsOfVitest({ ...report, testResults }, 1).failed).toBe(1)
  })

  test('show an error outside any test', () => {
    expect(countsOfVitest(report, 1).failed).toBe(1)
  })
})

test('counts of a Playwright run show errors outside any test', () => {
  const stats = { expected: 2, unexpected: 1, flaky: 1, skipped: 3 }
  expect(countsOfPlaywright({ stats, errors: [{ message: 'no such file' }] })).toEqual({
    passed: 3,
    failed: 2,
    skipped: 3,
  })
})

test('the last line names skipped tests only when there are any', () => {
  expect(inWords({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
  expect(inWords({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
})

describe('a planted violation', () => {
  test('that one of its tools misses is complained about', () => {
    expect(complaintsAbout('a.ts', ['biome x', 'tsc y'], new Set(['tsc y']))).toHaveLength(1)
  })

  test('that names no tool is complained about', () => {
    expect(complaintsAbout('a.ts', [], new Set())).toHaveLength(1)
  })

  test('is not seen where there is none', () => {
    expect(complaintsAbout('clean.ts', ['nothing'], new Set(['biome x']))).toHaveLength(1)
    expect(complaintsAbout('clean.ts', ['nothing'], new Set())).toEqual([])
  })
})
