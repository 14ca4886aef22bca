import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { farAddress } from './link-addresses.ts'
import { pipeSockets } from './pipe-sockets.ts'

/** What program A of the emulated line says at its end, in one line of JSON. */
export interface DeskDay {
  readonly eventSeconds: number
  /** Of requests and replies until the last event was acknowledged, headers included. */
  readonly eventBytesUp: number
  readonly eventBytesDown: number
  readonly scansBeforeEvents: number
  readonly scanSeconds: number
}

const giveUpMs = 400_000

const [folder = '', port = '', now = '', what = ''] = process.argv.slice(2)
let up = 0
let down = 0
// The desk knows the district as a server of its own PC; here that is the near end of the line, whose sockets wait no longer than the
// desk's own.
const near = net.createServer((asking) => {
  const line = net.connect({ port: Number(port), host: farAddress, noDelay: true })
  asking.on('data', (part) => (up += part.byteLength))
  line.on('data', (part) => (down += part.byteLength))
  pipeSockets(asking, line)
})
near.listen(Number(port), '127.0.0.1')
await farEndAnswers()

const desk = await openNodeDesk({ folder, demoClock: now })
const { index } = desk.journal
const began = performance.now()
desk.startExchange()
const eventSeconds = await secondsUntil(() => index.unsent.size === 0)
const [eventBytesUp, eventBytesDown, scansBeforeEvents] = [up, down, index.scansSent.size]
const areScansWanted = what === 'with-scans'
const wholeSeconds = areScansWanted ? await secondsUntil(() => index.unsentScans.size === 0) : eventSeconds
const scanSeconds = wholeSeconds - eventSeconds
const day: DeskDay = { eventSeconds, eventBytesUp, eventBytesDown, scansBeforeEvents, scanSeconds }
console.log(JSON.stringify(day))
process.exit(0)

async function farEndAnswers(): Promise<void> {
  for (;;) {
    const there = await new Promise<boolean>((resolve) => {
      const trial = net.connect(Number(port), farAddress, () => resolve(true))
      trial.on('error', () => resolve(false))
      trial.on('close', () => resolve(false))
      setTimeout(() => trial.destroy(), 2_000).unref()
    })
    if (there) return
    await sleep(100)
  }
}

function secondsUntil(reached: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the line carried it not within the time')), giveUpMs)
    const look = () => {
      if (!reached()) return
      clearTimeout(timer)
      resolve((performance.now() - began) / 1000)
    }
    desk.journal.onAppend(look)
    look()
  })
}
