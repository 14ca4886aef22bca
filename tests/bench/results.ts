import type { Figure } from './figures/figure.ts'

/** Under what conditions a part was measured; without it its figures mean nothing. */
export interface Conditions {
  readonly at: string
  readonly seconds: number
  readonly commit: string
  readonly dossiers: number
  readonly rounds: number
  /** Average load of the machine over the last minute, before and after. */
  readonly loadBefore: number
  readonly loadAfter: number
}

export interface Result extends Figure {
  readonly part: string
  readonly measured: Conditions
}

export interface Failed {
  readonly part: string
  readonly message: string
}

/** What `out/bench.json` holds. */
export interface Results {
  readonly figures: readonly Result[]
  readonly failed: readonly Failed[]
}

export interface Measured {
  readonly part: string
  readonly conditions: Conditions
  readonly figures: readonly Figure[]
  readonly failure?: string
}

/**
 * A part that was measured again replaces all its figures and failures; one that failed keeps nothing of before.
 * Figures stand in the order of the parts, whatever order they were measured in.
 */
export function mergeResults(
  before: Results,
  { part, conditions, figures, failure }: Measured,
  order: readonly string[],
) {
  const place = (each: { readonly part: string }) => order.indexOf(each.part)
  const others = <T extends { readonly part: string }>(all: readonly T[]) =>
    all.filter((each) => each.part !== part && order.includes(each.part))
  const made: Result[] = figures.map((figure) => ({ ...figure, part, measured: conditions }))
  const results: Results = {
    figures: [...others(before.figures), ...made].sort((a, b) => place(a) - place(b)),
    failed: [...others(before.failed), ...(failure === undefined ? [] : [{ part, message: failure }])],
  }
  return results
}
