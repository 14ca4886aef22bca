/**
 * Loads by id what is not here yet, each id once at a time: who asks for one that somebody else is reading already
 * waits for that reading, and fails with it.
 */
export function createReadOnce(
  isHere: (id: string) => boolean,
  read: (ids: readonly string[]) => Promise<void>,
): (ids: readonly string[]) => Promise<void> {
  const readings = new Map<string, Promise<void>>()
  return async (ids) => {
    const missing = ids.filter((id) => !isHere(id) && !readings.has(id))
    if (missing.length > 0) {
      const reading = read(missing).finally(() => {
        for (const id of missing) readings.delete(id)
      })
      for (const id of missing) readings.set(id, reading)
    }
    await Promise.all(ids.map((id) => readings.get(id)))
  }
}
