import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { _electron, type ElectronApplication } from '@playwright/test'
import type { Result } from '../../../shared/core/result.ts'
import type { Channel, Failure, Input, Output } from '../../../shared/ipc/contract.ts'

const root = process.cwd()
const openMs = 60_000

export type Victim = 'main' | 'renderer' | 'both'

/**
 * The real app, driven through its page's own bridge from outside: main → page's world → `window.desk`.
 * Playwright's view of a page ends with the page's process; this one goes on with the next process of the same window.
 */
export interface DrivenApp {
  /** Rejects when a process it needs is killed meanwhile. */
  readonly call: <C extends Channel>(channel: C, input?: Input<C>) => Promise<Result<Output<C>, Failure<C>>>
  /** Runs a script in the page; `T` must survive JSON. */
  readonly inPage: <T>(script: string) => Promise<T>
  /** Answers how to kill -9 the victim: the blow falls before anything else runs here. */
  readonly aim: (victim: Victim) => Promise<() => Promise<void>>
  /** Resolves once a page answers: after the start, and again after its process was killed. */
  readonly pageAnswers: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openApp(profile: string, demoClock: string, enrol?: string): Promise<DrivenApp> {
  const app = await _electron.launch({
    cwd: root,
    args: [
      '.',
      `--user-data-dir=${profile}`,
      '--disable-gpu',
      '--password-store=basic',
      ...(enrol ? [`--enrol=${enrol}`, '--desk-name=Quầy 1'] : []),
    ],
    env: { ...definedEnvironment(), MOT_CUA_DEMO_CLOCK: demoClock },
    timeout: openMs,
  })
  const main = app.process().pid ?? 0
  let death = newDeath()

  const inPage = async <T>(script: string): Promise<T> => {
    const answer = app.evaluate(runInPage, script)
    answer.catch(() => undefined)
    return JSON.parse(await Promise.race([answer, death.struck])) as T
  }
  const driven: DrivenApp = {
    inPage,
    call: (channel, input) => inPage(`window.desk.call(${JSON.stringify(channel)}, ${JSON.stringify(input)})`),
    async pageAnswers() {
      const deadline = Date.now() + openMs
      while (Date.now() < deadline) {
        const asked = inPage<boolean>(`typeof window.desk === 'object' && !!document.querySelector('#root > *')`)
        if (await Promise.race([asked.catch(() => false), wait(1_000, false)])) return
        await wait(20)
      }
      throw new Error('the page does not answer')
    },
    async aim(victim) {
      const page = await pagePid(app)
      const family = descendants(main)
      const targets = { renderer: [page], main: [main], both: [main, ...family] }[victim]
      return async () => {
        for (const pid of targets) killQuietly(pid)
        death.strike()
        death = newDeath()
        if (victim !== 'renderer') await gone([main, ...family])
      }
    },
    close: () => app.close(),
  }
  return driven
}

/** What is asked of a killed process is never answered. */
function newDeath(): { readonly struck: Promise<never>; readonly strike: () => void } {
  let strike: () => void = () => undefined
  const struck = new Promise<never>((_, reject) => {
    strike = () => reject(new Error('killed'))
  })
  struck.catch(() => undefined)
  return { struck, strike }
}

/** Runs in main: the page's world answers as JSON, so that nothing of Electron's own wrapping is in between. */
async function runInPage({ BrowserWindow }: typeof import('electron'), script: string): Promise<string> {
  const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith('desk://app'))
  if (!window) throw new Error('no window')
  return window.webContents.executeJavaScript(`(async () => JSON.stringify((await (${script})) ?? null))()`)
}

async function pagePid(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith('desk://app'))
    return window?.webContents.getOSProcessId() ?? 0
  })
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** What a killed main leaves behind ends by itself a moment later; two apps must not share one profile. */
async function gone(pids: readonly number[]): Promise<void> {
  const patience = Date.now() + 3_000
  while (pids.some(isRunning)) {
    if (Date.now() > patience) for (const pid of pids) killQuietly(pid)
    await wait(10)
  }
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(path.join('/proc', String(pid), 'status'), 'utf8'))
  } catch {
    return false
  }
}

function descendants(pid: number): readonly number[] {
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    return listed.flatMap((child) => [child, ...descendants(child)])
  } catch {
    return []
  }
}

function killQuietly(pid: number): void {
  if (pid <= 0) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was gone already.
  }
}
