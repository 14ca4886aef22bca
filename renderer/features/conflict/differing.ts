/** Two texts with what differs between them set apart: the same beginning, the middle, the same end. */
export interface Differing {
  readonly before: string
  readonly middle: string
  readonly after: string
}

/** Whole characters, so that a mark never falls between a letter and its tone. */
export function differing(text: string, other: string): Differing {
  const [own, others] = [[...text.normalize('NFC')], [...other.normalize('NFC')]]
  const shorter = Math.min(own.length, others.length)
  let start = 0
  while (start < shorter && own[start] === others[start]) start += 1
  let end = 0
  while (end < shorter - start && own[own.length - 1 - end] === others[others.length - 1 - end]) end += 1
  return {
    before: own.slice(0, start).join(''),
    middle: own.slice(start, own.length - end).join(''),
    after: own.slice(own.length - end).join(''),
  }
}
