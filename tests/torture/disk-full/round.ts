import type { SmallDisk } from '../../harness/small-disk.ts'

/** One disk that gets full, and what works on it. */
export interface Round {
  readonly disk: SmallDisk
  readonly seed: number
  readonly random: () => number
  readonly refusals: Refusals
}

/** What was refused with which code, and how often. */
export type Refusals = Map<string, number>

export interface RoundResult {
  readonly tries: number
  readonly acknowledged: number
  readonly lost: number
  readonly duplicated: number
  readonly opened: { readonly times: number; readonly of: number }
  readonly broken: readonly string[]
}

export function noteRefusal(refusals: Refusals, what: string, code: string): void {
  const words = `${what} ${code}`
  refusals.set(words, (refusals.get(words) ?? 0) + 1)
}
