import { foldText, initialsOf } from '../../shared/core/text-folding.ts'
import type { Applicant } from '../../shared/domain/applicant.ts'
import { type Dossier, receptionOf } from '../../shared/domain/dossier.ts'
import { shortNumber } from '../../shared/domain/numbering.ts'

/**
 * What a dossier can be found by, folded: ` nguyen van an 000.00.01.h40-220817-0048 220817-0048 0048 036085004217 …`.
 * Every word has a space before it, so that " an" finds words that begin with "an".
 */
export function searchTextOf(dossier: Dossier): string {
  const reception = receptionOf(dossier)
  const numbers = reception ? numberWords(reception.number.text) : []
  const people = [...applicantWords(dossier.applicant), reception?.delegate?.name, digits(reception?.delegate?.phone)]
  return ` ${foldText([...people, ...numbers].filter(Boolean).join(' '))}`
}

function applicantWords(applicant: Applicant): readonly (string | undefined)[] {
  const identity =
    applicant.kind === 'person' ? [digits(applicant.personalId)] : [digits(applicant.taxCode), applicant.representative]
  return [applicant.name, ...identity, digits(applicant.phone)]
}

function numberWords(number: string): readonly string[] {
  const short = shortNumber(number)
  return [number, short, short.split('-').at(-1) ?? '']
}

function digits(text: string | undefined): string | undefined {
  return text?.replace(/[\s.-]/g, '')
}

/** One word of a query, ready to compare. */
export interface QueryTerm {
  readonly word: string
  /** Three digits or more may stand anywhere in a number; letters must begin a word. */
  readonly needle: string
}

export function parseQuery(query: string): readonly QueryTerm[] {
  const folded = foldText(query)
  const words = /^[\d\s.]+$/.test(folded) ? [folded.replace(/[\s.]/g, '')] : folded.split(' ')
  return words
    .filter((word) => word !== '')
    .map((word) => ({ word, needle: /^[\d-]{3,}$/.test(word) ? word : ` ${word}` }))
}

/** Folding a name takes longer than comparing it, and the catalogue has a few hundred: each is folded once. */
const folded = new Map<string, { readonly words: string; readonly initials: string }>()

/** True when a procedure's name or initials answer a query word: "khai", "dkks". */
export function procedureMatches(name: string, term: QueryTerm): boolean {
  if (term.word.length < 2) return false
  const known = folded.get(name) ?? { words: ` ${foldText(name)}`, initials: initialsOf(name) }
  folded.set(name, known)
  return known.words.includes(` ${term.word}`) || known.initials.startsWith(term.word)
}
