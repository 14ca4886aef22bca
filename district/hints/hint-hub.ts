/** Who is told that a unit's stream has grown. A hint may be lost: the cursor finds everything. */
export interface HintHub {
  /** News of this or another process. */
  readonly tell: (unitId: string, seq: number) => void
  /** Calls `listener` on each news of the unit, until the answer is called. */
  readonly listen: (unitId: string, listener: (seq: number) => void) => () => void
  readonly unitIds: () => readonly string[]
  readonly close: () => void
  readonly onClose: (end: () => void) => () => void
}

export function hintHub(forward: (unitId: string, seq: number) => void): HintHub & { readonly heard: HintHub['tell'] } {
  const listeners = new Map<string, Set<(seq: number) => void>>()
  const told = new Map<string, number>()
  const ends = new Set<() => void>()
  const heard = (unitId: string, seq: number) => {
    if ((told.get(unitId) ?? 0) >= seq) return
    told.set(unitId, seq)
    for (const listener of listeners.get(unitId) ?? []) listener(seq)
  }
  return {
    heard,
    tell: (unitId, seq) => {
      heard(unitId, seq)
      forward(unitId, seq)
    },
    listen: (unitId, listener) => {
      const set = listeners.get(unitId) ?? new Set()
      listeners.set(unitId, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(unitId) === set) listeners.delete(unitId)
      }
    },
    unitIds: () => [...listeners.keys()],
    onClose: (end) => {
      ends.add(end)
      return () => ends.delete(end)
    },
    close: () => {
      for (const end of ends) end()
      ends.clear()
    },
  }
}
