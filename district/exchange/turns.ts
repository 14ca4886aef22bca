import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * ```
 * a batch judged:   ▓▓▓ ▓▓▓ ─► written ─► committed ─► answered
 * the one behind:           ▒▒▒ ▒▒▒ ▒▒▒ ▒▒▒ read         while the database works for the one before
 * ```
 * 1. Long work on the event loop ends its turn every ten events, so that other desks are answered meanwhile.
 * 2. Reading ahead stands back while anything is judged: what is judged sooner is at the database sooner, and while that
 *    works there is time to read.
 */
const eventsPerTurn = 10
let judging = 0

/** Whether this many pieces of work, counted from 0, fill a turn. */
export function turnEnds(index: number): boolean {
  return index % eventsPerTurn === eventsPerTurn - 1
}

export { nextTurn }

/** The next turn in which nothing is judged. */
export async function turnToRead(): Promise<void> {
  do await nextTurn()
  while (judging > 0)
}

/** Work that reading ahead stands back for. */
export async function beforeReading<T>(judge: () => Promise<T>): Promise<T> {
  judging += 1
  try {
    return await judge()
  } finally {
    judging -= 1
  }
}
