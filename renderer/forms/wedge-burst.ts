/** Gaps of a scanner are shorter than this; a typist's are not, but Unikey's own bursts are, so speed alone proves nothing. */
const longestGapMs = 80
const shortestScan = 30
const fewestPipes = 6

export type BurstStep =
  | { readonly kind: 'start' }
  | { readonly kind: 'more' }
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'none' }

export interface WedgeBurst {
  readonly feed: (key: string, atMs: number) => BurstStep
}

/**
 * Recognises a scanner that types: a fast burst of more than 30 characters with 12 leading digits and 6 pipes, ended by
 * Enter. `start` is the moment to keep what the focused field held, because a burst is known only at its end.
 */
export function createWedgeBurst(): WedgeBurst {
  let text = ''
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    feed: (key, atMs) => {
      const isFresh = text === '' || atMs - lastAt > longestGapMs
      lastAt = atMs
      if (key === 'Enter') {
        const whole = isFresh ? '' : text
        text = ''
        return isScan(whole) ? { kind: 'scan', text: whole } : { kind: 'none' }
      }
      if (key === 'Backspace') {
        text = isFresh ? '' : text.slice(0, -1)
        return { kind: 'none' }
      }
      if ([...key].length !== 1) return { kind: 'none' }
      text = isFresh ? key : text + key
      return { kind: isFresh ? 'start' : 'more' }
    },
  }
}

function isScan(text: string): boolean {
  return text.length > shortestScan && /^\d{12}\|/.test(text) && text.split('|').length > fewestPipes
}
