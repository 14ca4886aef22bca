import path from 'node:path'
import { defineConfig } from 'vitest/config'

const SECOND = 1000

/** One project for each kind of test that needs no real Electron; the folder's name is the kind. */
function project(
  name: string,
  options: { environment?: 'node' | 'happy-dom'; seconds: number; setupFiles?: string[] },
) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.{ts,tsx}`],
      environment: options.environment ?? ('node' as const),
      testTimeout: options.seconds * SECOND,
      hookTimeout: options.seconds * SECOND,
      setupFiles: options.setupFiles ?? [],
    },
  }
}

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  cacheDir: 'out/.vitest',
  test: {
    projects: [
      project('unit', { seconds: 10 }),
      project('property', { seconds: 60 }),
      project('component', { environment: 'happy-dom', seconds: 20, setupFiles: ['tests/setup/component.ts'] }),
      project('contract', { seconds: 60 }),
      project('fault', { seconds: 120 }),
    ],
    // Two cores: more workers only fight for them.
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
  },
})
