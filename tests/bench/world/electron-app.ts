import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { demoNow } from './demo-day.ts'
import { root } from './root.ts'

const electron = createRequire(`${root}/package.json`)('electron') as unknown as string
const windowMs = 60_000

/**
 * The real app, started as a user starts it and watched through Chromium's own debugging port: nothing holds the main
 * process back while it starts.
 */
export interface ElectronApp {
  readonly page: Page
  readonly session: CDPSession
  /** When the process was spawned, in milliseconds of the Unix clock. */
  readonly spawnedAt: number
  readonly pid: number
  readonly close: () => Promise<void>
}

export async function startApp(profile: string, args: readonly string[] = []): Promise<ElectronApp> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const ports = ['--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const spawnedAt = Date.now()
  const child = spawn(electron, [root, ...ports, '--disable-gpu', ...asRoot, ...args], {
    cwd: root,
    env: { ...process.env, MOT_CUA_DEMO_CLOCK: demoNow() },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let browser: Browser | undefined
  try {
    browser = await chromium.connectOverCDP(await debuggingAddress(child))
    const page = await deskPage(browser)
    const session = await page.context().newCDPSession(page)
    return { page, session, spawnedAt, pid: child.pid ?? 0, close: () => end(child, ended) }
  } catch (cause) {
    child.kill('SIGKILL')
    throw cause
  }
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => reject(new Error(`${why}: ${said.slice(-2000)}`))
    const timer = setTimeout(() => fail('the app opened no debugging port'), windowMs)
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    })
    child.once('close', (code) => fail(`the app ended with code ${code}`))
  })
}

async function deskPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0]
  if (!context) throw new Error('the app has no browser context')
  const isDesk = (page: Page) => page.url().startsWith('desk://app')
  const deadline = Date.now() + windowMs
  while (Date.now() < deadline) {
    const page = context.pages().find(isDesk)
    if (page) return page
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the app opened no window')
}
