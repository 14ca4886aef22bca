import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'
import { root } from '../world/root.ts'
import type { EventsIn, ScansIn } from './desk-day.ts'
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

export interface DeskDay extends EventsIn, ScansIn {
  /** Of requests and replies until the last event was acknowledged, headers included. */
  readonly eventBytesUp: number
  readonly eventBytesDown: number
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
  const carried = { up: 0, down: 0 }
  const bridge = net.createServer((arriving) => {
    const there = net.connect(Number(port), '127.0.0.1')
    arriving.on('data', (part) => (carried.up += part.byteLength))
    there.on('data', (part) => (carried.down += part.byteLength))
    pipeSockets(arriving, there)
  })
  await new Promise<void>((resolve) => bridge.listen(file, resolve))
  const { bitsPerSecond, oneWayDelaySeconds, loss, queueBytes } = badLine
  const line = [bitsPerSecond, oneWayDelaySeconds, loss, queueBytes, seed].map(String)
  const program = (name: string) => [process.execPath, path.join(programs, name, 'main.js')]
  const desk = [...program('desk-day'), folder, port, demoNow(), what]
  const farEnd = [...program('far-end'), port, file]
  try {
    let ofEvents = { ...carried }
    const said = await ranThrough([...line, '--', ...desk, '--', ...farEnd], () => (ofEvents = { ...carried }))
    const [events, scans] = said.map((each) => JSON.parse(each)) as [EventsIn, ScansIn]
    return { ...events, ...scans, eventBytesUp: ofEvents.up, eventBytesDown: ofEvents.down }
  } finally {
    bridge.close()
  }
}

/** Answers the lines program A said. */
function ranThrough(args: readonly string[], onFirstLine: () => void): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(emulator, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said: string[] = []
    let complained = ''
    createInterface(child.stdout)
      .once('line', onFirstLine)
      .on('line', (line) => said.push(line))
    child.stderr.on('data', (part: Buffer) => (complained += part))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0 && said.length === 2) resolve(said)
      else reject(new Error(`the day over the bad line ended with ${code}: ${complained.slice(-2000)}`))
    })
  })
}
