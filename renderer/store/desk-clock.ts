import { useSyncExternalStore } from 'react'
import { type Instant, instantOf, unixMsOf } from '../../shared/core/time.ts'

/** The desk's corrected clock, run on from what main last said; never the page's own wall clock. */
let offsetMs = Date.now() - performance.now()
const listeners = new Set<() => void>()

export function setDeskClock(now: Instant): void {
  offsetMs = unixMsOf(now) - performance.now()
  for (const listener of [...listeners]) listener()
}

export function deskNow(): Instant {
  return instantOf(performance.now() + offsetMs)
}

function currentMinute(): Instant {
  const ms = performance.now() + offsetMs
  return instantOf(ms - (ms % 60_000))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const timer = setInterval(listener, 1000)
  return () => {
    clearInterval(timer)
    listeners.delete(listener)
  }
}

/** The present minute: screens that speak of due dates render again when it changes. */
export function useMinute(): Instant {
  return useSyncExternalStore(subscribe, currentMinute)
}
