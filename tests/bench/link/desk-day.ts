import dns from 'node:dns'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { farAddress } from './link-addresses.ts'

/** What program A of the emulated line says in a line of JSON as soon as its last event is acknowledged. */
export interface EventsIn {
  readonly eventSeconds: number
  readonly scansBeforeEvents: number
}

/** And in another one at its end. */
export interface ScansIn {
  readonly scanSeconds: number
}

const giveUpMs = 400_000

const [folder = '', port = '', now = '', what = ''] = process.argv.slice(2)
// Without TLS a desk speaks to its own PC alone; here that name is the far end of the line.
dns.lookup = ((_name: string, options: dns.LookupOptions, told: (...answer: unknown[]) => void) =>
  options.all ? told(null, [{ address: farAddress, family: 4 }]) : told(null, farAddress, 4)) as typeof dns.lookup
await farEndAnswers()

const desk = await openNodeDesk({ folder, demoClock: now })
const { index } = desk.journal
const began = performance.now()
desk.startExchange()
const eventSeconds = await secondsUntil(() => index.unsent.size === 0)
console.log(JSON.stringify({ eventSeconds, scansBeforeEvents: index.scansSent.size } satisfies EventsIn))
const areScansWanted = what === 'with-scans'
const wholeSeconds = areScansWanted ? await secondsUntil(() => index.unsentScans.size === 0) : eventSeconds
console.log(JSON.stringify({ scanSeconds: wholeSeconds - eventSeconds } satisfies ScansIn))
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
