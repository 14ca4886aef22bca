import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '..', '..')

/** One desk: the real app in a real window, with a data folder of its own. */
export interface DeskApp {
  readonly page: Page
  readonly app: ElectronApplication
  /** kill -9 of every process of the app, without a word. */
  readonly kill: () => Promise<void>
  readonly close: () => Promise<void>
  /** The app once more on the same folder, as by a second double click; answers with what code that one ended. */
  readonly startAgain: () => Promise<number | null>
}

export interface DeskPlace {
  readonly folder: string
  readonly printTo: string
  readonly demoClock: string
  readonly enrol?: string
  readonly deskName?: string
}

export async function openDeskApp(place: DeskPlace): Promise<DeskApp> {
  const args = [
    '.',
    `--user-data-dir=${place.folder}`,
    '--disable-gpu',
    '--password-store=basic',
    ...(place.enrol ? [`--enrol=${place.enrol}`, `--desk-name=${place.deskName ?? 'Quầy 1'}`] : []),
  ]
  const env = { ...definedEnv(), MOT_CUA_DEMO_CLOCK: place.demoClock, MOT_CUA_PRINT_TO: place.printTo }
  const app = await _electron.launch({ cwd: root, args, env })
  // Asked for now: Playwright cannot tell once the app is gone.
  const main = app.process()
  const page = await app.firstWindow()
  return {
    app,
    page,
    kill: () => killAll(main),
    close: () => app.close(),
    // Not by Playwright: what ends while it is still being greeted fails whatever test runs then.
    startAgain: () =>
      new Promise((resolve, reject) => {
        const again = spawn(main.spawnfile, ['--no-sandbox', ...args], { cwd: root, env, stdio: 'ignore' })
        again.once('error', reject)
        again.once('exit', resolve)
      }),
  }
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

async function killAll(main: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => main.once('close', () => resolve()))
  for (const pid of [main.pid, ...childrenOf(main.pid)]) {
    if (pid !== undefined) killQuietly(pid)
  }
  await gone
}

function childrenOf(pid: number | undefined): readonly number[] {
  if (pid === undefined) return []
  try {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    const children = own === '' ? [] : own.split(' ').map(Number)
    return [...children, ...children.flatMap(childrenOf)]
  } catch {
    return []
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was gone already.
  }
}
