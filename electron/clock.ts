import os from 'node:os'
import { type Instant, instantOf, unixMsOf } from '../shared/core/time.ts'

/** Clocks are corrected by seconds all the time. */
const correctionMs = 2_000

/**
 * The desk's clock: the PC's own, or a demo clock that starts at a given moment and runs on.
 * ```
 * contact, or the start: the right time ──► + how long the PC has been running since ──► the right time now
 *                                                                                             │
 *                                        the PC's clock, which somebody may have set ◄─ offset ┘
 * ```
 * How long a PC runs counts on while it sleeps, and nobody can set it.
 */
export interface Clock {
  /** Milliseconds of the desk's clock; what events are stamped with. */
  readonly now: () => number
  readonly instant: () => Instant
  readonly demo: boolean
  /** Milliseconds to add to get the right time: the district's since contact, before that the one this run began with. */
  readonly offsetMs: () => number
  /** The district has told its time in this run. */
  readonly isTold: () => boolean
  readonly learnDistrictTime: (districtNow: Instant) => void
}

export function createClock(
  demoStart: string | undefined,
  pcNow: () => number = Date.now,
  runningMs: () => number = () => os.uptime() * 1000,
): Clock {
  const base = demoStart ? Date.parse(demoStart) - pcNow() : 0
  if (Number.isNaN(base)) throw new Error('MOT_CUA_DEMO_CLOCK is not a moment')
  const now = () => pcNow() + base
  let known = { offset: 0, at: now(), running: runningMs() }
  let isTold = false
  /** By how much the clock was set since, ahead or back. */
  function setBy(): number {
    const by = now() - known.at - (runningMs() - known.running)
    return Math.abs(by) > correctionMs ? by : 0
  }
  return {
    now,
    instant: () => instantOf(now()),
    demo: demoStart !== undefined,
    offsetMs: () => known.offset - setBy(),
    isTold: () => isTold,
    learnDistrictTime(districtNow) {
      const district = unixMsOf(districtNow)
      if (Number.isNaN(district)) return
      const at = now()
      known = { offset: district - at, at, running: runningMs() }
      isTold = true
    },
  }
}
