import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { fallbackFolder } from '../../../build/electron-runtime/fallback.mjs'
import { findElectron, isFallback } from '../../../build/electron-runtime/resolve.mjs'
import { checkReleaseRuntime } from '../../../build/pack/release-runtime.mjs'
import { tempFolder } from '../../harness/temp-folder.ts'

afterEach(() => vi.unstubAllEnvs())

function runtimeAt(folder: string, version: string) {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'version'), version)
  return { folder, binary: path.join(folder, 'electron'), source: 'named' } as const
}

test('a release takes the Electron it is built for, and a newer one', () => {
  for (const version of ['45.4.0', 'v45.0.1', '46.0.0']) {
    expect(() => checkReleaseRuntime(runtimeAt(tempFolder(), version), '45.4.0')).not.toThrow()
  }
})

test.each(['44.9.9', '33.2.1', 'unknown', ''])(
  'a release refuses a runtime of version "%s", wherever it lies',
  (old) => {
    expect(() => checkReleaseRuntime(runtimeAt(tempFolder(), old), '45.4.0')).toThrow(/must not carry the old Electron/)
  },
)

test('the fallback is known by its real place: named through a link it is refused too', async () => {
  vi.stubEnv('XDG_CACHE_HOME', tempFolder())
  fs.writeFileSync(runtimeAt(fallbackFolder(), '99.0.0').binary, '')
  const link = path.join(tempFolder(), 'dist')
  fs.symlinkSync(fallbackFolder(), link, 'dir')
  expect(isFallback({ folder: link, binary: path.join(link, 'electron'), source: 'named' })).toBe(true)
  const named = await findElectron({ ELECTRON_OVERRIDE_DIST_PATH: link })
  expect(named).toMatchObject({ source: 'named', folder: fs.realpathSync(fallbackFolder()) })
  expect(() => checkReleaseRuntime(named, '45.4.0')).toThrow(/must not carry the old Electron/)
})
