import { uuidV7 } from '../../../shared/core/ids.ts'
import { seededRandom } from '../../harness/seeded-random.ts'

/** Draws of a generated register; the same seed draws the same things. */
export interface Draw {
  readonly fraction: () => number
  /** A whole number from `from` to `to`, both possible. */
  readonly between: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  readonly digits: (count: number) => string
  readonly id: (unixMs: number) => string
}

export function drawFrom(seed: number): Draw {
  const fraction = seededRandom(seed)
  const between = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  return {
    fraction,
    between,
    chance: (probability) => fraction() < probability,
    pick<T>(from: readonly T[]): T {
      const item = from[between(0, from.length - 1)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    digits: (count) => Array.from({ length: count }, () => between(0, 9)).join(''),
    id: (unixMs) =>
      uuidV7(
        unixMs,
        Uint8Array.from({ length: 10 }, () => between(0, 255)),
      ),
  }
}
