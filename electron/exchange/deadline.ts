/** A signal that fires when the time is over, or with another one. */
export interface Deadline {
  readonly signal: AbortSignal
  /** What it was for is over. */
  readonly clear: () => void
}

/**
 * Node's own `AbortSignal.any` of an `AbortSignal.timeout` may be collected before it fires; a request on a line that keeps its
 * answer to itself then never ends, nor does the exchange that waits for it.
 */
export function deadlineIn(ms: number, other?: AbortSignal): Deadline {
  const ending = new AbortController()
  const end = () => ending.abort(other?.reason)
  const timer = setTimeout(() => ending.abort(new DOMException('no answer in time', 'TimeoutError')), ms).unref()
  other?.addEventListener('abort', end, { once: true })
  if (other?.aborted) end()
  return {
    signal: ending.signal,
    clear() {
      clearTimeout(timer)
      other?.removeEventListener('abort', end)
    },
  }
}
