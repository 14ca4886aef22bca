/**
 * ```
 * work ─► slot free? ─┬─► runs
 *                     └─► waits its turn, first come first served        full: who has not begun is told to come later
 * ```
 * A few pieces of heavy work at a time: more would not be done sooner, but all would be in memory at once, and a desk
 * with one event to hand in would wait for a share of each of them.
 */
export interface Gate {
  readonly isBusy: () => boolean
  readonly isFull: () => boolean
  readonly enter: <T>(work: () => Promise<T>) => Promise<T>
}

export function gateOf(slots: number, mostWaiting: number): Gate {
  const waiting: (() => void)[] = []
  let free = slots
  return {
    isBusy: () => free === 0,
    isFull: () => waiting.length >= mostWaiting,
    async enter(work) {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        // A slot goes straight to who waits longest, so nobody slips in between.
        const next = waiting.shift()
        if (next) next()
        else free += 1
      }
    },
  }
}
