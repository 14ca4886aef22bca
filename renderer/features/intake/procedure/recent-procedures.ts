/** How often each procedure was chosen on this desk: codes and counts only, nothing about people. */
const storageKey = 'intake.procedures-used'

type Uses = Readonly<Record<string, number>>

export function usesOfProcedures(): Uses {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Uses) : {}
  } catch {
    return {}
  }
}

export function noteProcedureUsed(code: string): void {
  const uses = usesOfProcedures()
  try {
    localStorage.setItem(storageKey, JSON.stringify({ ...uses, [code]: (uses[code] ?? 0) + 1 }))
  } catch {
    // A list in another order is no reason to disturb an intake.
  }
}
