import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { DISTRICT_NODE_FLAGS } from '../../../build/paths.mjs'
import { root } from './root.ts'

const program = path.join(root, 'out', 'district', 'main.js')
const startMs = 180_000
const stopMs = 40_000

/** The real server with its real database, in a process of its own as in service. */
export interface DistrictProcess {
  readonly url: string
  readonly pid: number
  /** Of its own PostgreSQL, for what is measured beside it. */
  readonly databaseUrl: () => string
  readonly code: (unitId: string, deskName: string) => string
  /** Throws when it had to be ended by force. */
  readonly stop: () => Promise<void>
}

export async function startDistrict(
  folder: string,
  clock: string,
  port = 0,
  more: readonly string[] = [],
): Promise<DistrictProcess> {
  const place = ['--data', folder, '--port', String(port)]
  const args = ['serve', ...place, '--seed', 'vu-ban-2022', '--demo-clock', clock, ...more]
  const child = spawn(process.execPath, [...DISTRICT_NODE_FLAGS, program, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`the district did not start: ${said.slice(-2000)}`)), startMs)
    const read = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-20_000)
      const address = /^ready (http\S+)$/m.exec(said)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('close', (code) => reject(new Error(`the district ended with code ${code}: ${said.slice(-2000)}`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    databaseUrl() {
      const running: { databaseUrl?: string } = JSON.parse(fs.readFileSync(path.join(folder, 'running.json'), 'utf8'))
      if (!running.databaseUrl) throw new Error('the district names no database')
      return running.databaseUrl
    },
    code(unitId, deskName) {
      const command = [program, 'enrol-code', '--data', folder, '--unit', unitId, '--name', deskName]
      const asked = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
      const code = asked.stdout.trim().split('\n').at(-1)
      if (asked.status !== 0 || !code) throw new Error(`no enrolment code: ${asked.stderr}`)
      return code
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
      await ended
      clearTimeout(timer)
      if (child.signalCode === 'SIGKILL')
        throw new Error(`the district did not end within ${stopMs / 1000} s of SIGTERM`)
    },
  }
}
