import type { CDPSession, Page } from '@playwright/test'
import { demoNow } from './demo-day.ts'
import { type ElectronProcess, startElectron } from './electron-process.ts'
import { root } from './root.ts'

/** The real desk. */
export interface ElectronApp extends Pick<ElectronProcess, 'spawnedAt' | 'pid' | 'close'> {
  readonly page: Page
  readonly session: CDPSession
}

export async function startApp(profile: string, args: readonly string[] = []): Promise<ElectronApp> {
  const env = { MOT_CUA_DEMO_CLOCK: demoNow() }
  const { spawnedAt, pid, close, page: find } = await startElectron({ app: root, profile, args, env })
  try {
    const page = await find('desk://app')
    return { page, session: await page.context().newCDPSession(page), spawnedAt, pid, close }
  } catch (cause) {
    await close()
    throw cause
  }
}
