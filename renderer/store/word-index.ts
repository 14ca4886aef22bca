import type { QueryTerm } from './search-text.ts'

/**
 * Finds texts by the beginnings of their words, or by a stretch of digits, without looking at each:
 * ```
 * " nguyen van an 220817-0048" ──► words that begin with a letter ──► whole word ──► places
 *                             └──► words with digits ──► each three signs in a row ──► places, then looked at
 * ```
 * 1. Places are added once each, in growing order; what changed since, the caller looks at itself.
 * 2. `find` calls `found` for every place added whose text holds the needle, and for no other; for some twice.
 */
export interface WordIndex {
  readonly add: (place: number, text: string) => void
  /** False when the term cannot be looked up here: one or two digits are in nearly every text. */
  readonly find: (term: QueryTerm, textOf: (place: number) => string, found: (place: number) => void) => boolean
}

const gram = 3
const digit = /\d/
const digitFirst = /^\d/

export function createWordIndex(): WordIndex {
  const words = new Map<string, number[]>()
  const grams = new Map<string, number[]>()

  function rarestPlaces(word: string): readonly number[] {
    let rarest: readonly number[] | undefined
    for (const part of gramsOf(word)) {
      const places = grams.get(part)
      if (!places) return []
      if (!rarest || places.length < rarest.length) rarest = places
    }
    return rarest ?? []
  }

  return {
    add(place, text) {
      for (const word of text.split(' ')) {
        if (word === '') continue
        if (!digitFirst.test(word)) put(words, word, place)
        if (digit.test(word)) for (const part of gramsOf(word)) put(grams, part, place)
      }
    },
    find({ word, needle }, textOf, found) {
      const isStart = needle !== word
      if (isStart && !digitFirst.test(word)) {
        for (const [known, places] of words) {
          if (known.startsWith(word)) for (const place of places) found(place)
        }
        return true
      }
      if (word.length < gram || !digit.test(word)) return false
      for (const place of rarestPlaces(word)) if (textOf(place).includes(needle)) found(place)
      return true
    },
  }
}

function* gramsOf(word: string): Generator<string> {
  for (let at = 0; at + gram <= word.length; at += 1) yield word.slice(at, at + gram)
}

function put(lists: Map<string, number[]>, key: string, place: number): void {
  const places = lists.get(key)
  if (!places) lists.set(key, [place])
  else if (places[places.length - 1] !== place) places.push(place)
}
