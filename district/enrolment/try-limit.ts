const windowMs = 10 * 60_000
const perAddress = 10
const altogether = 100

/** Wrong codes are counted by address and altogether; right ones cost nothing. */
export interface TryLimit {
  readonly isExhausted: (address: string, nowMs: number) => boolean
  readonly countFailure: (address: string, nowMs: number) => void
  /** The last one counted was none. */
  readonly forgive: (address: string) => void
}

export function tryLimit(): TryLimit {
  let failures: { readonly address: string; readonly atMs: number }[] = []
  const recent = (nowMs: number) => {
    failures = failures.filter(({ atMs }) => nowMs - atMs < windowMs)
    return failures
  }
  return {
    isExhausted: (address, nowMs) => {
      const all = recent(nowMs)
      return all.length >= altogether || all.filter((failure) => failure.address === address).length >= perAddress
    },
    countFailure: (address, nowMs) => {
      failures.push({ address, atMs: nowMs })
    },
    forgive: (address) => {
      const at = failures.findLastIndex((failure) => failure.address === address)
      if (at >= 0) failures.splice(at, 1)
    },
  }
}
