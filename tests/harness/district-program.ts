import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { bundleProgram } from './bundle.ts'

/** The district as its users run it: the bundled command line, in processes of its own. */
export interface DistrictProgram {
  readonly run: (...args: string[]) => {
    readonly status: number | null
    readonly stdout: string
    readonly stderr: string
  }
  readonly serve: (dataFolder: string, ...args: string[]) => Promise<ServedDistrict>
}

export interface ServedDistrict {
  readonly url: string
  readonly process: ChildProcess
  readonly log: () => string
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** `name` keeps test files apart that run at the same time. */
export function bundleDistrict(name: string): DistrictProgram {
  const main = bundleProgram('district/main.ts', name)
  const sources = path.resolve(import.meta.dirname, '..', '..', 'district', 'store', 'migrations')
  fs.cpSync(sources, path.join(path.dirname(main), 'migrations'), { recursive: true })
  const { DATABASE_URL: _managed, ...env } = process.env
  return {
    run: (...args) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env }),
    serve: (dataFolder, ...args) =>
      serve(spawn(process.execPath, [main, 'serve', '--data', dataFolder, ...args], { env })),
  }
}

function serve(child: ChildProcess): Promise<ServedDistrict> {
  let log = ''
  let answers = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    log += text
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the district ended with ${code}: ${log}`)))
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      answers += text
      const url = /^ready (\S+)$/m.exec(answers)?.[1]
      if (url) resolve({ url, process: child, log: () => log, end })
    })
  })
}

/** The code alone, as a script would take it from the command's answer. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

/** The pid of the PostgreSQL that serves a data folder, if it is there. */
export function findPostgres(dataFolder: string): number | undefined {
  const pointer = path.join(dataFolder, 'postgres-location.json')
  const cluster = fs.existsSync(pointer)
    ? (JSON.parse(fs.readFileSync(pointer, 'utf8')) as { cluster: string }).cluster
    : path.join(dataFolder, 'postgres')
  const pidFile = path.join(cluster, 'postmaster.pid')
  return fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0]) : undefined
}
