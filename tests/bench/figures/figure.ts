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
  /** This figure's p50 or p95, as `compared` says, divided by the peer's: the median of the rounds' own ratios. */
  readonly vs?: Readonly<Record<string, number>>
  readonly compared?: Compared
  /** What the peers reached, in the same unit. */
  readonly peers?: Readonly<Record<string, PeerFigure>>
}

export type Compared = 'p50' | 'p95'

export interface PeerFigure {
  readonly p50: number
  readonly p95: number
}

export type Rounds = readonly (readonly number[])[]

export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]
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
  /** Peers measured in the same rounds, alternating. */
  readonly peers?: Readonly<Record<string, Rounds>>
  /** Which of its two numbers is compared with theirs; the median unless said. */
  readonly compared?: Compared
  /** True where more is better: the slow end is the low one. */
  readonly rate?: boolean
}

export function figureOf({ id, what, unit, rounds, peers, compared = 'p50', rate = false }: FigureWish): Figure {
  const measured = Object.entries(peers ?? {})
  const share = compared === 'p50' ? 0.5 : slowEnd(rate)
  const vs = measured.map(([peer, theirs]) => [peer, ratioOf(rounds, theirs, share)] as const)
  const theirs = measured.map(([peer, samples]) => [peer, numbersOf(samples, rate)] as const)
  return {
    id,
    what,
    unit,
    ...numbersOf(rounds, rate),
    rounds: rounds.length,
    samples: rounds.flat().length,
    ...(vs.length > 0 ? { vs: Object.fromEntries(vs), compared, peers: Object.fromEntries(theirs) } : {}),
  }
}

/** Each round is compared with the peer's round beside it, so that a machine that slows down slows both. */
function ratioOf(rounds: Rounds, theirs: Rounds, share: number): number {
  if (theirs.length !== rounds.length) throw new Error(`${rounds.length} rounds beside ${theirs.length} of a peer`)
  return rounded(median(rounds.map((round, at) => percentile(round, share) / percentile(theirs[at] ?? [], share))))
}

/** With several samples a round, percentiles are taken per round first; with one, over the rounds. */
function numbersOf(rounds: Rounds, rate: boolean): PeerFigure {
  const single = rounds.every((round) => round.length === 1)
  const at = (share: number) =>
    single ? percentile(rounds.flat(), share) : median(rounds.map((round) => percentile(round, share)))
  return { p50: rounded(at(0.5)), p95: rounded(at(slowEnd(rate))) }
}

function slowEnd(rate: boolean): number {
  return rate ? 0.05 : 0.95
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
