/** Soon after there is room again, and seldom enough for a disk that stays full all day. */
const pauseMs = 5_000

type Write = () => Promise<void>

export interface ViewWrites {
  /** Writes now; what fails is tried again after a pause, until it succeeds. */
  readonly start: (write: Write) => void
  readonly close: () => void
}

export interface ViewWritesOptions {
  /** Whether something is still to be written again. */
  readonly onBehind: (isBehind: boolean) => void
  /** Told once of what fails, however often it is tried again. */
  readonly onFailed: (cause: unknown) => void
}

/** Nobody waits for the page's own view to be written, so that it failed has to be told and mended here. */
export function createViewWrites({ onBehind, onFailed }: ViewWritesOptions): ViewWrites {
  const failed = new Map<Write, ReturnType<typeof setTimeout>>()
  let closed = false

  async function attempt(write: Write): Promise<void> {
    try {
      await write()
      if (!closed) forget(write)
    } catch (cause) {
      if (!closed) tryAgain(write, cause)
    }
  }

  function forget(write: Write): void {
    clearTimeout(failed.get(write))
    failed.delete(write)
    onBehind(failed.size > 0)
  }

  function tryAgain(write: Write, cause: unknown): void {
    if (!failed.has(write)) onFailed(cause)
    clearTimeout(failed.get(write))
    failed.set(
      write,
      setTimeout(() => void attempt(write), pauseMs),
    )
    onBehind(true)
  }

  return {
    start: (write) => void attempt(write),
    close: () => {
      closed = true
      for (const pause of failed.values()) clearTimeout(pause)
    },
  }
}
