import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of the running test's own, gone when it ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mot-cua-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
