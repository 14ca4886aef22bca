import { useEffect, useState } from 'react'
import { type Instant, instantOf, unixMsOf } from '../../../shared/core/time.ts'
import { deskStatusCell, useDeskStatus } from '../../store/use-desk-status.ts'

let anchor: { readonly now: Instant; readonly at: number } | undefined

/** The desk's own clock, running on from its last answer. The computer's clock may be wrong, and a demo has its own. */
export function deskNow(): Instant {
  const now = deskStatusCell.get()?.now
  if (now === undefined) return instantOf(Date.now())
  if (anchor?.now !== now) anchor = { now, at: performance.now() }
  return instantOf(unixMsOf(now) + performance.now() - anchor.at)
}

/** Renders again every quarter of a minute: due dates turn at 15:00 while the form is open. */
export function useDeskNow(): Instant {
  useDeskStatus()
  const [now, setNow] = useState(deskNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(deskNow()), 15_000)
    return () => clearInterval(timer)
  }, [])
  const latest = deskNow()
  return Math.abs(unixMsOf(latest) - unixMsOf(now)) > 30_000 ? latest : now
}
