import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { root } from '../world/root.ts'
import type { DeskDay } from './desk-day.ts'
import { pipeSockets } from './pipe-sockets.ts'

/** A mobile line at the edge of its cell. */
export const badLine = { bitsPerSecond: 256_000, oneWayDelaySeconds: 0.1, loss: 0.05, queueBytes: 48_000 } as const

const emulator = path.join(root, 'out', 'bench', 'link', 'link-emulator')
const programs = path.join(root, 'out', 'bench')

/** Builds the emulator; answers in words why it cannot run here, if so. */
export function prepareLine(): string | undefined {
  fs.mkdirSync(path.dirname(emulator), { recursive: true })
  const source = path.join(root, 'tests', 'bench', 'link', 'link-emulator.c')
  const built = spawnSync('gcc', ['-O2', '-Wall', '-o', emulator, source], { encoding: 'utf8' })
  if (built.status !== 0) return `the link emulator needs gcc: ${built.error?.message ?? built.stderr}`
  const { bitsPerSecond, queueBytes } = badLine
  const args = [bitsPerSecond, 0, 0, queueBytes, 1].map(String)
  const tried = spawnSync(emulator, [...args, '--', 'true', '--', 'sleep', '5'], { encoding: 'utf8' })
  return tried.status === 0 ? undefined : `no network namespaces or no /dev/net/tun here: ${tried.stderr.trim()}`
}

/** What a desk that already has the day in its journal needs to hand it in over the bad line. */
export async function dayOverBadLine(
  district: DistrictProcess,
  folder: string,
  seed: number,
  what: 'with-scans' | 'events-alone',
): Promise<DeskDay> {
  const { port } = new URL(district.url)
  const file = path.join(folder, 'district.sock')
  const bridge = net.createServer((arriving) => pipeSockets(arriving, net.connect(Number(port), '127.0.0.1')))
  await new Promise<void>((resolve) => bridge.listen(file, resolve))
  const { bitsPerSecond, oneWayDelaySeconds, loss, queueBytes } = badLine
  const line = [bitsPerSecond, oneWayDelaySeconds, loss, queueBytes, seed].map(String)
  const program = (name: string) => [process.execPath, path.join(programs, name, 'main.js')]
  const desk = [...program('desk-day'), folder, port, demoNow(), what]
  const farEnd = [...program('far-end'), port, file]
  try {
    return await ranThrough([...line, '--', ...desk, '--', ...farEnd])
  } finally {
    bridge.close()
  }
}

function ranThrough(args: readonly string[]): Promise<DeskDay> {
  return new Promise((resolve, reject) => {
    const child = spawn(emulator, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complained = ''
    child.stdout.on('data', (part: Buffer) => (said += part))
    child.stderr.on('data', (part: Buffer) => (complained += part))
    child.once('error', reject)
    child.once('close', (code) => {
      const last = said.trim().split('\n').at(-1)
      if (code === 0 && last) resolve(JSON.parse(last) as DeskDay)
      else reject(new Error(`the day over the bad line ended with ${code}: ${complained.slice(-2000)}`))
    })
  })
}
