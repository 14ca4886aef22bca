import { codesNamed, type ProcedureNames } from './index-filter.ts'
import type { IndexSlot } from './index-slot.ts'
import type { QueryTerm } from './search-text.ts'
import { createWordIndex } from './word-index.ts'

/**
 * Search over the slots of the desk index.
 * ```
 * put ──► slots not indexed yet ──idle, a little at a time──► word index
 * find: word index + a look at what is not in it, and at what was changed since
 * ```
 * The answer does not depend on how far indexing is, only the time it takes does.
 */
export interface SlotSearch {
  /** A slot was put at a place; `before` stood there. */
  readonly put: (place: number, before: IndexSlot | undefined) => void
  /** Tells the places that hold every term, by text or by their procedure's name; undefined when there is no term. */
  readonly find: (terms: readonly QueryTerm[], procedures: ProcedureNames) => ((place: number) => boolean) | undefined
}

/** Slots that take two or three milliseconds to index. */
const slotsPerTurn = 250

export function createSlotSearch(slots: readonly IndexSlot[]): SlotSearch {
  const words = createWordIndex()
  const placesOfCode = new Map<string, number[]>()
  const changed = new Set<number>()
  let indexed = 0
  let isScheduled = false

  function indexSome(): void {
    isScheduled = false
    for (const slot of slots.slice(indexed, indexed + slotsPerTurn)) {
      words.add(indexed, slot.text)
      const places = placesOfCode.get(slot.procedureCode)
      if (places) places.push(indexed)
      else placesOfCode.set(slot.procedureCode, [indexed])
      indexed += 1
    }
    schedule()
  }

  function schedule(): void {
    if (isScheduled || indexed >= slots.length) return
    isScheduled = true
    setTimeout(indexSome)
  }

  function isFoundAt(place: number, { term, codes }: NamedTerm): boolean {
    const slot = slots[place]
    return slot !== undefined && (slot.text.includes(term.needle) || codes.has(slot.procedureCode))
  }

  /** Of the places that stand at `level`, raises those that hold the term. */
  function raise(levels: Uint16Array, level: number, named: NamedTerm): void {
    const found = (place: number) => {
      if (levels[place] === level) levels[place] = level + 1
    }
    const isKnown = words.find(named.term, (place) => slots[place]?.text ?? '', found)
    if (isKnown) for (const code of named.codes) placesOfCode.get(code)?.forEach(found)
    else for (let place = 0; place < indexed; place += 1) if (isFoundAt(place, named)) found(place)
  }

  return {
    put(place, before) {
      const slot = slots[place]
      if (!before) schedule()
      else if (place < indexed && (before.text !== slot?.text || before.procedureCode !== slot.procedureCode)) {
        changed.add(place)
      }
    },
    find(terms, procedures) {
      if (terms.length === 0) return undefined
      const named = terms.map((term) => ({ term, codes: codesNamed(term, procedures) }))
      const levels = new Uint16Array(slots.length)
      for (const [level, one] of named.entries()) raise(levels, level, one)
      const look = (place: number) => {
        levels[place] = named.every((one) => isFoundAt(place, one)) ? terms.length : 0
      }
      changed.forEach(look)
      for (let place = indexed; place < slots.length; place += 1) look(place)
      return (place) => levels[place] === terms.length
    },
  }
}

interface NamedTerm {
  readonly term: QueryTerm
  readonly codes: ReadonlySet<string>
}
