import type { Figure } from './figures/figure.ts'

/** A figure to reach, as the plan states it: a number of the figure itself, or its ratio to a peer. */
export type Target = {
  readonly figure: string
  readonly of: 'p50' | 'p95' | { readonly peer: string }
} & ({ readonly atMost: number } | { readonly atLeast: number })

const vs = (peer: string) => ({ peer })

export const targets: readonly Target[] = [
  { figure: 'command-durable', of: vs('raw-dexie'), atMost: 1.5 },
  { figure: 'command-durable', of: vs('pouchdb'), atMost: 0.7 },
  { figure: 'command-screen', of: 'p95', atMost: 100 },
  { figure: 'list-50', of: vs('raw-dexie'), atMost: 1 },
  { figure: 'list-50', of: vs('pouchdb'), atMost: 0.2 },
  { figure: 'counts', of: vs('raw-indexeddb'), atMost: 0.02 },
  { figure: 'search', of: 'p95', atMost: 5 },
  { figure: 'cold-start', of: 'p50', atMost: 1000 },
  { figure: 'long-task', of: 'p95', atMost: 50 },
  { figure: 'rebuild', of: 'p50', atMost: 60_000 },
  { figure: 'memory', of: 'p50', atMost: 450 },
  { figure: 'push', of: vs('pouchdb'), atLeast: 2.5 },
  { figure: 'push', of: vs('copy-limit'), atLeast: 0.25 },
  { figure: 'pull', of: vs('pouchdb'), atLeast: 5 },
  { figure: 'pull', of: vs('copy-limit'), atLeast: 0.35 },
  { figure: 'bad-link-events', of: vs('link-limit'), atMost: 1.4 },
  { figure: 'bad-link-scans', of: vs('link-limit'), atMost: 1.15 },
  { figure: 'event-bytes', of: 'p50', atMost: 200 },
  { figure: 'reconnect', of: 'p95', atMost: 300 },
  { figure: 'reconnect-memory', of: 'p50', atMost: 10 },
  { figure: 'soak', of: 'p95', atMost: 10 },
]

export interface Judged {
  readonly words: string
  readonly reached: boolean
}

/** The targets of a figure and whether it reached them; empty for figures that are only reported. */
export function judge(figure: Figure): readonly Judged[] {
  return targets.filter((target) => target.figure === figure.id).map((target) => judgeOne(figure, target))
}

function judgeOne(figure: Figure, target: Target): Judged {
  const value = typeof target.of === 'string' ? figure[target.of] : figure.vs?.[target.of.peer]
  const [sign, limit] = 'atMost' in target ? (['≤', target.atMost] as const) : (['≥', target.atLeast] as const)
  const words =
    typeof target.of === 'string'
      ? `${sign} ${limit} ${figure.unit} (${target.of})`
      : `${sign} ${limit} × ${target.of.peer}`
  const reached = value !== undefined && (sign === '≤' ? value <= limit : value >= limit)
  return { words, reached }
}
