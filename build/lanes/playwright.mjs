/** Runs Playwright tests in real Electron windows and counts them. */
import fs from 'node:fs'
import path from 'node:path'
import { bundleAll } from '../bundle/bundle-all.mjs'
import { runWithDisplay } from '../display.mjs'
import { inNodeModules, OUT } from '../paths.mjs'
import { couldNotRun } from './lane.mjs'

/**
 * @typedef {object} PlaywrightReport
 * @property {{ message?: string }[]} errors what happened outside any test
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 */

/** @param {PlaywrightReport} report */
export function countsOfPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped }
}

/**
 * @param {'e2e' | 'tour'} project
 * @param {{ env?: NodeJS.ProcessEnv, args?: readonly string[] }} [options]
 * @returns {Promise<import('./lane.mjs').Counts>}
 */
export async function runPlaywright(project, { env = {}, args = [] } = {}) {
  const report = path.join(OUT, 'reports', `playwright-${project}.json`)
  fs.rmSync(report, { force: true })
  const command = [inNodeModules('@playwright/test/cli.js'), 'test', '--config=tests/playwright.config.ts']
  const { code } = await runWithDisplay(process.execPath, [...command, `--project=${project}`, ...args], {
    ...env,
    MOT_CUA_REPORT: report,
  })
  if (!fs.existsSync(report)) return couldNotRun(`Playwright ended with code ${code} and left no report`)
  const counts = countsOfPlaywright(JSON.parse(fs.readFileSync(report, 'utf8')))
  const nothingRan = counts.passed + counts.failed + counts.skipped === 0
  if (nothingRan) return couldNotRun('no test was found')
  return counts.failed === 0 && code !== 0 ? couldNotRun(`Playwright ended with code ${code}`) : counts
}

/** @type {import('./lane.mjs').Lane} */
export const e2eLane = {
  name: 'e2e',
  title: 'the app in real Electron',
  async run() {
    await bundleAll()
    return runPlaywright('e2e')
  },
}
