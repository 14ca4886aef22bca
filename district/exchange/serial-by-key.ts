/**
 * Runs the work of one unit one after the other within this process, so that desks waiting for their unit's counter
 * do not hold database sessions which other units need. Between processes the counter row itself decides.
 */
export function serialByKey(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(work, work)
    const tail = turn.catch(() => {})
    tails.set(key, tail)
    tail.then(() => tails.get(key) === tail && tails.delete(key))
    return turn
  }
}
