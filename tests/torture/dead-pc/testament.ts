import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { openFaultyLine } from '../../harness/faulty-line.ts'
import type { TestDistrict } from '../../harness/test-district.ts'
import type { DoomedLine } from '../programs/doomed-desk.ts'
import type { Road } from './walk.ts'

/** What the doomed desk had said when it died. */
export interface Testament {
  readonly deskId: string
  readonly lines: readonly DoomedLine[]
}

/** A desk at work on a line that comes and goes, in a process of its own, until it is killed in the middle of something. */
export async function liveAndDie(
  district: TestDistrict,
  program: string,
  folder: string,
  road: Road,
  seed: number,
  random: () => number,
): Promise<Testament> {
  const line = await openFaultyLine(district.url, () => 'none')
  const places = ['dead', 'usb', path.join('usb', 'viec.motcua')].map((name) => path.join(folder, name))
  const args = [
    program,
    places[0] ?? '',
    line.url,
    await district.code(),
    places[1] ?? '',
    places[2] ?? '',
    String(seed),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: DoomedLine[] = []
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const enough = 40 + Math.floor(random() * 80)
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (exit) => reject(new Error(`the doomed desk ended by itself with ${exit}`)))
      createInterface({ input: child.stdout }).on('line', (text) => {
        lines.push(JSON.parse(text) as DoomedLine)
        // Where a backup or a stick is the road, the line is gone for good after a while: what it has taken is not at stake.
        const isGone = road !== 'district' && lines.length > enough / 3
        if (isGone) line.setUp(false)
        else if (lines.length > 1 && random() < 0.15) line.setUp(random() < 0.3)
        // A desk that never reached safety has nothing to lose; one that never did in 600 lines will not.
        const isLate = ({ said }: DoomedLine, at: number) => said === 'safe' && (road === 'district' || at > enough / 2)
        const safeties = lines.filter((each, at) => isLate(each, at) && 'road' in each && each.road === road).length
        if (lines.length >= enough && (safeties >= 2 || lines.length >= 600)) resolve()
      })
    })
    // In the middle of something: a copy, a write to the stick, an append.
    await wait(Math.floor(random() * 40))
  } finally {
    await kill(child, ended)
    await line.close()
  }
  const first = lines[0]
  if (first?.said !== 'enrolled') throw new Error('the doomed desk was never enrolled')
  return { deskId: first.deskId, lines }
}

async function kill(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.removeAllListeners('exit')
  if (child.exitCode === null) child.kill('SIGKILL')
  await ended
}

export interface Safe {
  readonly events: readonly string[]
  readonly scans: readonly string[]
  readonly drafts: readonly string[]
}

/** What the road must bring back: all before the last safety it said, and whatever the district held by then. */
export function broughtToSafety({ lines }: Testament, road: Road, stored: ReadonlySet<string>): Safe {
  const upTo = Math.max(0, ...lines.map((line) => (line.said === 'safe' && line.road === road ? line.upTo : 0)))
  const acknowledged = lines.flatMap((line, at) =>
    line.said === 'acknowledged' && (at < upTo || stored.has(line.eventId)) ? [{ line, at }] : [],
  )
  return {
    events: acknowledged.map(({ line }) => line.eventId),
    scans:
      road === 'district' ? [] : acknowledged.flatMap(({ line, at }) => (at < upTo && line.scan ? [line.scan] : [])),
    drafts:
      road === 'backup' ? lines.slice(0, upTo).flatMap((line) => (line.said === 'draft' ? [line.draftId] : [])) : [],
  }
}
