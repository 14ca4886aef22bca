import { type Instant, instantOf, unixMsOf } from '../shared/core/time.ts'

/** The district's clock: everything here asks it, so that a demonstration day can be played again. */
export interface Clock {
  readonly nowMs: () => number
  readonly now: () => Instant
  /** How far it stands from the computer's clock; 0 in service. */
  readonly offsetMs: number
}

export function clockWithOffset(offsetMs: number): Clock {
  const nowMs = () => Date.now() + offsetMs
  return { nowMs, now: () => instantOf(nowMs()), offsetMs }
}

/** A clock that shows `start` now and runs from there. */
export function demoClock(start: Instant): Clock {
  return clockWithOffset(unixMsOf(start) - Date.now())
}
