import type { Log } from '../log.ts'
import type { Journal } from './journal.ts'

/** After the start has given the officer the list; a morning's first minute belongs to the work. */
const scrubAfterMs = 30_000

export interface KeepWholeDeps {
  /** Nothing decides on the journal while it is mended. */
  readonly turn: <T>(task: () => Promise<T>) => Promise<T>
  readonly log: Log
  /** The district is asked for what is missing now. */
  readonly onHealed: () => void
}

/** A full disk has to be cleared first; until the journal is mended it takes no entry. */
const mendAgainAfterMs = 30_000

/** Looks through the old entries in the background, and has the journal mended as soon as one of them is damaged. */
export function keepWhole(journal: Journal, { turn, log, onHealed }: KeepWholeDeps): void {
  function mend(): void {
    void turn(journal.heal)
      .then(() => log.info('journal-healed', { whole: journal.isWhole() }))
      .then(onHealed)
      .catch((cause: unknown) => {
        log.error('journal-heal', cause)
        setTimeout(mend, mendAgainAfterMs).unref()
      })
  }
  journal.onDamage(() => {
    log.info('journal-damaged')
    mend()
  })
  const timer = setTimeout(() => {
    void journal.scrub().catch((cause: unknown) => log.error('journal-scrub', cause))
  }, scrubAfterMs)
  timer.unref()
}
