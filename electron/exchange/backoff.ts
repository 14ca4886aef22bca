const firstWaitMs = 2_000
const longestWaitMs = 60_000

/** How long to wait after `failures` failures in a row: doubling, capped, spread by up to half so that desks do not return together. */
export function backoffMs(failures: number, random: number): number {
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, failures - 1))
  return Math.round(wait * (0.5 + random / 2))
}
