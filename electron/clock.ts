import { type Instant, instantOf, unixMsOf } from '../shared/core/time.ts'

/** The desk's clock: the PC's own, or a demo clock that starts at a given moment and runs on. */
export interface Clock {
  /** Milliseconds of the desk's clock; what events are stamped with. */
  readonly now: () => number
  readonly instant: () => Instant
  readonly demo: boolean
  /** Milliseconds to add to get the district's time, learned on contact; 0 before. */
  readonly offsetMs: () => number
  readonly learnDistrictTime: (districtNow: Instant) => void
}

export function createClock(demoStart: string | undefined, pcNow: () => number = Date.now): Clock {
  const base = demoStart ? Date.parse(demoStart) - pcNow() : 0
  if (Number.isNaN(base)) throw new Error('MOT_CUA_DEMO_CLOCK is not a moment')
  let offset = 0
  const now = () => pcNow() + base
  return {
    now,
    instant: () => instantOf(now()),
    demo: demoStart !== undefined,
    offsetMs: () => offset,
    learnDistrictTime(districtNow) {
      const district = unixMsOf(districtNow)
      if (!Number.isNaN(district)) offset = district - now()
    },
  }
}
