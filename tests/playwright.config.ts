import { defineConfig } from '@playwright/test'

const MINUTE = 60_000

export default defineConfig({
  outputDir: '../out/playwright',
  // Each test starts a real district and real windows; two at once would only slow each other down.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 4 * MINUTE,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env['MOT_CUA_REPORT'] ?? '../out/reports/playwright.json' }]],
  projects: [
    { name: 'e2e', testDir: 'e2e' },
    { name: 'tour', testDir: 'tour', timeout: 8 * MINUTE },
  ],
})
