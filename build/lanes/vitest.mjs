/** The lane of everything that runs without Electron. */
import fs from 'node:fs'
import path from 'node:path'
import { inNodeModules, OUT, ROOT } from '../paths.mjs'
import { run } from '../terminal.mjs'
import { couldNotRun } from './lane.mjs'

const REPORT = path.join(OUT, 'reports', 'vitest.json')

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults
 */

/**
 * A file that could not be loaded has no tests to count, and an error outside any test belongs to none:
 * both must still be seen in the counts.
 * @param {VitestReport} report
 * @param {number} exitCode
 */
export function countsOfVitest(report, exitCode) {
  const notLoaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numFailedTests + notLoaded.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** @type {import('./lane.mjs').Lane} */
export const vitestLane = {
  name: 'vitest',
  title: 'unit, property, component, contract and fault tests',
  async run() {
    fs.rmSync(REPORT, { force: true })
    const args = [
      inNodeModules('vitest/vitest.mjs'),
      'run',
      '--config=tests/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${REPORT}`,
    ]
    const { code } = await run(process.execPath, args, { cwd: ROOT, show: true })
    if (!fs.existsSync(REPORT)) return couldNotRun(`vitest ended with code ${code} and left no report`)
    const report = JSON.parse(fs.readFileSync(REPORT, 'utf8'))
    if (report.testResults.length === 0) return couldNotRun('no test file was found')
    return countsOfVitest(report, code)
  },
}
