import { useEffect, useState } from 'react'

/** How much was left at a moment. */
export interface Sample {
  readonly atMs: number
  readonly bytes: number
}

/** Before this the pace is a guess, and a send that short needs no estimate (R5). */
const shortestLookMs = 3_000
const fewestSamples = 3

/** Seconds to go at the pace seen so far; undefined while that would be a guess. */
export function remainingSeconds(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || samples.length < fewestSamples) return undefined
  const took = last.atMs - first.atMs
  const sent = first.bytes - last.bytes
  return took < shortestLookMs || sent <= 0 ? undefined : (last.bytes / sent) * (took / 1000)
}

/** The samples of one send: only what made it shorter counts, and new work begins the look anew. */
export function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1)
  if (last && next.bytes === last.bytes) return samples
  return !last || next.bytes > last.bytes ? [next] : [...samples, next]
}

/** How long the running send will still take. */
export function useRemainingSeconds(unsentBytes: number, sending: boolean): number | undefined {
  const [samples, setSamples] = useState<readonly Sample[]>([])
  useEffect(() => {
    setSamples((seen) => (sending ? withSample(seen, { atMs: performance.now(), bytes: unsentBytes }) : []))
  }, [unsentBytes, sending])
  return sending ? remainingSeconds(samples) : undefined
}
