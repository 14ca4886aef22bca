import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DeskClient, enrolDesk } from '../../harness/desk-client.ts'
import { receivedText } from '../../harness/desk-events.ts'
import type { FleetResult } from '../fleet/fleet.ts'
import { foundCommunes } from '../fleet/found-communes.ts'
import type { Part } from '../part.ts'
import { root } from '../world/root.ts'
import { figureOf } from './figure.ts'

const communes = 100
const desksEach = 2
/** Ten days of a small commune: some 530 events. */
const dossiersEach = 100
const betweenMs = 250
const calmSamples = 20

/** Ten days without a line, then all desks of a district come back in the same second; each round other ones. */
export const reconnectPart: Part = {
  id: 'reconnect',
  what: '200 desks with ten days of work reconnect at once, and another desk works meanwhile',
  async run({ rounds, emptyDistrict, say }) {
    const district = await emptyDistrict()
    const watched = await enrolDesk(district.url, district.code('goi', 'Quầy 1'), 'Quầy 1')
    const calm: number[][] = []
    const busy: number[][] = []
    const seconds: number[] = []
    const before = rssOf(district.pid)
    const after: number[] = []
    let most = before
    let all = ''
    for (let wave = 1; wave <= rounds; wave += 1) {
      const codes = await foundCommunes(district, { communes, desksEach, wave })
      const fleet = startFleet([district.url, String(dossiersEach), ...codes])
      await fleet.ready
      calm.push([])
      while ((calm.at(-1)?.length ?? 0) < calmSamples) calm.at(-1)?.push(await oneExchange(watched))
      busy.push([])
      const done = fleet.go()
      let result: FleetResult | undefined
      done.then((value) => (result = value)).catch(() => undefined)
      while (!result) {
        busy.at(-1)?.push(await oneExchange(watched))
        most = Math.max(most, rssOf(district.pid))
        if (fleet.ended()) result = await done
      }
      const { desks, events, accepted, notAccepted, overloaded, brokenOff } = result
      if (accepted !== events) throw new Error(`${events} events, but ${accepted} accepted`)
      seconds.push(result.seconds)
      all = `${desks} desks with ten days of work, ${events} events or ${Math.round(events / desks)} each,`
      await sleep(10_000)
      after.push(rssOf(district.pid))
      say(
        `${events} events in ${result.seconds.toFixed(0)} s; ${overloaded} × told to wait, ${brokenOff} broken off, ${notAccepted} not accepted; ${after.at(-1)?.toFixed(0)} MB`,
      )
    }
    // The first wave fills the process' own caches.
    const settled = after[Math.min(1, after.length - 1)] ?? before
    const grown = ((after.at(-1) ?? settled) / settled - 1) * 100
    const memory = `before ${before.toFixed(0)}, at most ${most.toFixed(0)}, 10 s after each wave ${after.map((mb) => mb.toFixed(0)).join(', ')}`
    return [
      figureOf({
        id: 'reconnect',
        what: `another desk's exchange of one event while ${all} come in`,
        unit: 'ms',
        rounds: busy,
      }),
      figureOf({ id: 'reconnect-calm', what: 'the same before, when nobody else speaks', unit: 'ms', rounds: calm }),
      figureOf({
        id: 'reconnect-done',
        what: `until all ${all} are in and every desk has its unit's stream`,
        unit: 's',
        rounds: seconds.map((each) => [each]),
      }),
      figureOf({
        id: 'reconnect-memory',
        what: `memory of the district process, the last of ${rounds} such waves of other desks against the second: ${memory} MB`,
        unit: '%',
        rounds: [[grown]],
      }),
    ]
  },
}

async function oneExchange(desk: DeskClient): Promise<number> {
  const own = desk.chain(receivedText(desk, { ordinal: desk.head.n + 1 }))
  const began = performance.now()
  const reply = await desk.exchange([own])
  const ms = performance.now() - began
  if (reply.verdicts[0]?.verdict !== 'accepted') throw new Error('the watched desk was not accepted')
  await sleep(betweenMs)
  return ms
}

function rssOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

function startFleet(args: readonly string[]) {
  const program = path.join(root, 'out', 'bench', 'fleet', 'main.js')
  const child: ChildProcess = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  const waiting = new Map<number, () => void>()
  const closed = new Promise<never>((_, reject) =>
    child.once('close', (code) => reject(new Error(`the fleet ended with ${code}`))),
  )
  closed.catch(() => undefined)
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      waiting.get(lines.length - 1)?.()
    })
  }
  const line = (at: number) => {
    const come = new Promise<string>((resolve) => {
      if (lines[at] !== undefined) resolve(lines[at])
      else waiting.set(at, () => resolve(lines[at] ?? ''))
    })
    return Promise.race([come, closed])
  }
  return {
    ready: line(0),
    ended: () => child.exitCode !== null,
    async go(): Promise<FleetResult> {
      child.stdin?.write('go\n')
      return JSON.parse(await line(1)) as FleetResult
    },
  }
}
