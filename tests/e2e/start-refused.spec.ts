import { spawn } from 'node:child_process'
import { mkdirSync, rmdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { openDeskApp } from '../harness/desk-app.ts'
import { mountSmallDisk } from '../harness/small-disk.ts'

const electron = createRequire(import.meta.url)('electron') as string

/** What the app says on its error stream when it cannot start, or that it ended without a word; it is killed then. */
function saidAtStart(folder: string): Promise<string> {
  const args = ['--no-sandbox', '.', `--user-data-dir=${folder}`, '--disable-gpu', '--password-store=basic']
  const app = spawn(electron, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  return new Promise((resolve) => {
    const patience = setTimeout(() => app.kill('SIGKILL'), 30_000)
    app.stderr.on('data', (bytes) => {
      said += bytes
      if (/^start failed: .*$/m.test(said)) app.kill('SIGKILL')
    })
    app.once('close', () => {
      clearTimeout(patience)
      resolve(/^start failed: .*$/m.exec(said)?.[0] ?? 'ended without a word')
    })
  })
}

for (const [way, code] of [
  ['full', 'ENOSPC'],
  ['read-only', 'EROFS'],
] as const) {
  test(`on a ${way} disk the app tells why it does not start, and starts once there is room`, async () => {
    test.setTimeout(60_000)
    test.skip(process.getuid?.() !== 0, 'only root may mount a small disk')
    // Not where Playwright clears up: it cannot clear a disk that is mounted.
    const disk = mountSmallDisk(path.join(tmpdir(), `mot-cua-start-${way}-${process.pid}`), 64)
    const folder = path.join(disk.folder, 'app')
    mkdirSync(folder)
    try {
      if (way === 'full') disk.fill()
      else await disk.setReadOnly(true)
      // The message stands there until somebody reads it.
      expect(await saidAtStart(folder)).toContain(code)

      if (way === 'full') disk.free()
      else await disk.setReadOnly(false)
      const desk = await openDeskApp({ folder, printTo: '', demoClock: '2022-08-17T08:00:00+07:00' })
      await expect(desk.page.getByRole('main')).toBeVisible()
      await desk.close()
    } finally {
      disk.unmount()
      rmdirSync(disk.folder)
    }
  })
}
