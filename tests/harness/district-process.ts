import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..', '..')
const program = path.join(root, 'out', 'district', 'main.js')
const startMs = 120_000

/** The district as its own process, as it runs for real: it can be stopped, killed and started again. */
export interface DistrictProcess {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface DistrictPlace {
  readonly data: string
  /** Kept over restarts: enrolled desks know the address. */
  readonly port: number
  /** The data set; Vụ Bản of 2022 unless another is named. */
  readonly seed?: string
  readonly demoClock: string
  /** Answers with its own certificate. */
  readonly tls?: boolean
}

export function startDistrictProcess(place: DistrictPlace): Promise<DistrictProcess> {
  const { data, port, seed = 'vu-ban-2022', demoClock, tls } = place
  const args = ['serve', '--data', data, '--port', String(port), '--seed', seed, '--demo-clock', demoClock]
  if (tls) args.push('--tls')
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`the district did not start:\n${said.slice(-2000)}`)), startMs)
    const listen = (part: Buffer) => {
      said += part.toString()
      const url = /^ready (\S+)$/m.exec(said)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve({ url, stop: () => stop(child) })
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('close', (code) => reject(new Error(`the district ended with ${code}:\n${said.slice(-2000)}`)))
  })
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.kill('SIGTERM')
  })
}

export function newEnrolCode(data: string, unitId: string): string {
  const asked = spawnSync(process.execPath, [program, 'enrol-code', '--data', data, '--unit', unitId], {
    cwd: root,
    encoding: 'utf8',
  })
  const code = asked.stdout.trim().split('\n').at(-1) ?? ''
  if (asked.status !== 0 || code === '') throw new Error(`no enrolment code: ${asked.stderr}`)
  return code
}

/** What an operator does with a stick from a desk, whether the district runs or not. */
export function takeCourierAt(data: string, from: string, receipt: string): string {
  const done = spawnSync(
    process.execPath,
    [program, 'take-courier', '--data', data, '--from', from, '--receipt', receipt],
    { cwd: root, encoding: 'utf8' },
  )
  if (done.status !== 0) throw new Error(`take-courier: ${done.stderr}`)
  return done.stdout
}
