/** How hard an attack tries: `short` belongs to `npm test` and takes seconds, `long` reaches the figures asked for. */
export type Scale = 'short' | 'long'

export interface AttackOptions {
  /** Every choice of the attack follows from it, so that a run can be repeated. */
  readonly seed: number
  readonly scale: Scale
  /** An empty folder of this run's own. */
  readonly folder: string
  /** Progress, for whoever waits. */
  readonly say: (line: string) => void
}

export interface AttackResult {
  /** Attempts to break something: kills, disk states, faulted operations, schedules. */
  readonly tries: number
  /** The random schedules these tries were part of, where an attack plays some. */
  readonly schedules?: number
  /** The tries by kind, where an attack promises a number of each. */
  readonly detail?: Readonly<Record<string, number>>
  /** Entries the desk had acknowledged ("Đã lưu") before it was attacked. */
  readonly acknowledged: number
  /** Of those, how many were gone afterwards. */
  readonly lost: number
  /** Of those, how many were there more than once. */
  readonly duplicated: number
  /** How often the desk opened again without help, of the times it was asked to. */
  readonly opened: { readonly times: number; readonly of: number }
  /** What did not hold besides, in words that lead to the try; empty when everything held. */
  readonly broken: readonly string[]
}

/** One way to lose, double or damage what was acknowledged. */
export interface Attack {
  readonly id: string
  /** What must hold, in one sentence. */
  readonly holds: string
  /** It plays in processes of its own: in the short run the others are tried meanwhile. */
  readonly playsApart?: true
  readonly run: (options: AttackOptions) => Promise<AttackResult>
}

/** Two stretches of one attack as one. */
export function sumOf(a: AttackResult, b: AttackResult): AttackResult {
  return {
    tries: a.tries + b.tries,
    ...(a.schedules === undefined ? {} : { schedules: a.schedules + (b.schedules ?? 0) }),
    acknowledged: a.acknowledged + b.acknowledged,
    lost: a.lost + b.lost,
    duplicated: a.duplicated + b.duplicated,
    opened: { times: a.opened.times + b.opened.times, of: a.opened.of + b.opened.of },
    broken: [...a.broken, ...b.broken],
  }
}

/** An attack that tried nothing, or found nothing acknowledged, has shown nothing. */
export function held({ tries, acknowledged, lost, duplicated, opened, broken }: AttackResult): boolean {
  const hasTried = tries > 0 && acknowledged > 0
  return hasTried && lost === 0 && duplicated === 0 && opened.times === opened.of && broken.length === 0
}
