import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { root } from './root.ts'

const electron = createRequire(`${root}/package.json`)('electron') as unknown as string
const windowMs = 60_000
const stopMs = 15_000

/**
 * An app in the real Electron, started as a user starts it and watched through Chromium's own debugging port: nothing
 * holds the main process back while it starts.
 */
export interface ElectronProcess {
  /** The page at an address, as soon as there is one. */
  readonly page: (address: string) => Promise<Page>
  /** When the process was spawned, in milliseconds of the Unix clock. */
  readonly spawnedAt: number
  readonly pid: number
  readonly close: () => Promise<void>
}

export interface ElectronWish {
  /** What Electron is to run: a folder with a package.json, or a script. */
  readonly app: string
  readonly profile: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export async function startElectron({ app, profile, args = [], env = {} }: ElectronWish): Promise<ElectronProcess> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const ports = ['--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const spawnedAt = Date.now()
  const child = spawn(electron, [app, ...ports, '--disable-gpu', ...asRoot, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child))
    const context = browser.contexts()[0]
    if (!context) throw new Error('the app has no browser context')
    return {
      page: (address) => findPage(context, address),
      spawnedAt,
      pid: child.pid ?? 0,
      close: () => end(child, ended),
    }
  } catch (cause) {
    child.kill('SIGKILL')
    throw cause
  }
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
  await ended
  clearTimeout(timer)
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => reject(new Error(`${why}: ${said.slice(-2000)}`))
    const timer = setTimeout(() => fail('the app opened no debugging port'), windowMs)
    child.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-20_000)
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    })
    child.once('close', (code) => fail(`the app ended with code ${code}`))
  })
}

async function findPage(context: BrowserContext, address: string): Promise<Page> {
  const deadline = Date.now() + windowMs
  while (Date.now() < deadline) {
    const page = context.pages().find((each) => each.url().startsWith(address))
    if (page) return page
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`the app opened no window at ${address}`)
}
