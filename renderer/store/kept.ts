/** The last few of what was read, the newest of each, for screens to look at and to watch. */
export interface Kept<T> {
  readonly peek: (id: string) => T | undefined
  readonly keep: (values: readonly T[]) => void
  /** Grows with every `keep`, for `useSyncExternalStore`. */
  readonly version: () => number
  readonly subscribe: (listener: () => void) => () => void
}

export function createKept<T extends { readonly id: string; readonly position: number }>(most: number): Kept<T> {
  const kept = new Map<string, T>()
  const listeners = new Set<() => void>()
  let version = 0

  function keepOne(value: T): void {
    const known = kept.get(value.id)
    if (known && known.position > value.position) return
    kept.delete(value.id)
    kept.set(value.id, value)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
  }

  return {
    peek: (id) => kept.get(id),
    keep: (values) => {
      for (const value of values) keepOne(value)
      version += 1
      for (const listener of [...listeners]) listener()
    },
    version: () => version,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
