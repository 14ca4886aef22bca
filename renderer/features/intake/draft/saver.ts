import type { Result } from '../../../../shared/core/result.ts'
import type { Instant } from '../../../../shared/core/time.ts'
import type { Failure } from '../../../../shared/ipc/contract.ts'

type SaveFailure = Failure<'drafts.save'>

export type SaveState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'saved'; readonly at: Instant }
  | { readonly kind: 'failed'; readonly failure: SaveFailure }

/** After the last key; the answer of main still has to arrive within the second that is promised. */
const quietMs = 600
/** Someone who never stops typing is promised the same second, the write included. */
const longestWaitMs = 800
const retryMs = 5_000

export interface Saver {
  /** Something changed. */
  readonly touch: () => void
  /** Saves now what is not saved yet. */
  readonly flush: () => Promise<void>
  /** The draft is over: it became a dossier or was discarded. Nothing is written any more. */
  readonly stop: () => void
  readonly resume: () => void
}

interface SaverOptions {
  readonly save: () => Promise<Result<{ readonly savedAt: Instant }, SaveFailure>>
  readonly onState: (state: SaveState) => void
}

/**
 * ```
 * touch ─► quiet 600 ms (800 ms at most) ─► save ─► saved | failed ─► again in 5 s
 * ```
 * 1. One save at a time; a change during a save waits for its own turn, unless it is asked for at once.
 * 2. An untouched form is never saved.
 */
export function createSaver({ save, onState }: SaverOptions): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitingSince: number | undefined
  let running: Promise<void> | undefined
  let dirty = false
  let asked = false
  let stopped = false

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), delayMs)
  }

  async function run(): Promise<void> {
    do {
      asked = false
      if (!dirty || stopped) return
      dirty = false
      waitingSince = undefined
      const answer = await save()
      if (stopped) return
      if (!answer.ok) {
        dirty = true
        onState({ kind: 'failed', failure: answer.error })
        schedule(retryMs)
        return
      }
      onState({ kind: 'saved', at: answer.value.savedAt })
    } while (asked)
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    asked = true
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    touch: () => {
      if (stopped) return
      dirty = true
      waitingSince ??= Date.now()
      schedule(Math.max(0, Math.min(quietMs, waitingSince + longestWaitMs - Date.now())))
    },
    flush,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
    resume: () => {
      stopped = false
    },
  }
}
