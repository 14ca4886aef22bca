/** One measured number with where it came from. */
export interface Figure {
  readonly id: string
  readonly what: string
  readonly unit: string
  /** Medians over the rounds of each round's percentiles. For rates (docs/s) p95 is the slow end. */
  readonly p50: number
  readonly p95: number
  readonly rounds: number
  /** Samples of all rounds together. */
  readonly samples: number
  /** This figure's p50 divided by the peer's, alternated with it in the same run. */
  readonly vs?: Readonly<Record<string, number>>
}

export type Rounds = readonly (readonly number[])[]

export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('no samples')
  return value
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

export interface FigureWish {
  readonly id: string
  readonly what: string
  readonly unit: string
  readonly rounds: Rounds
  /** Peers measured in the same rounds. */
  readonly peers?: Readonly<Record<string, Rounds>>
  /** True where more is better: the slow end is the low one. */
  readonly rate?: boolean
}

/** With several samples a round, percentiles are taken per round first; with one, over the rounds. */
export function figureOf({ id, what, unit, rounds, peers, rate }: FigureWish): Figure {
  const single = rounds.every((round) => round.length === 1)
  const at = (share: number) =>
    single ? percentile(rounds.flat(), share) : median(rounds.map((round) => percentile(round, share)))
  const p50 = at(0.5)
  const vs = Object.entries(peers ?? {}).map(([peer, measured]) => {
    const ratios = rounds.map((round, index) => median(round) / median(measured[index] ?? []))
    return [peer, rounded(median(ratios))] as const
  })
  return {
    id,
    what,
    unit,
    p50: rounded(p50),
    p95: rounded(at(rate ? 0.05 : 0.95)),
    rounds: rounds.length,
    samples: rounds.flat().length,
    ...(vs.length > 0 ? { vs: Object.fromEntries(vs) } : {}),
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
