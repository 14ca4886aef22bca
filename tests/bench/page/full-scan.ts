import { receptionOf } from '../../../shared/domain/dossier.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'

/**
 * The search written a second time and slowly, so that the index can be compared with it: every document is looked at,
 * with its own folding of the text.
 */
export function scan(views: readonly DossierView[], query: string, names: ReadonlyMap<string, string>): Set<string> {
  const words = plain(query).split(' ')
  return new Set(views.filter((view) => words.every((word) => answers(view, word, names))).map(({ id }) => id))
}

interface Folded {
  /** Whole text and words of what is said about the dossier. */
  readonly text: string
  readonly words: readonly string[]
  readonly procedure: readonly string[]
  readonly initials: string
}

const known = new WeakMap<DossierView, Folded>()

function answers(view: DossierView, word: string, names: ReadonlyMap<string, string>): boolean {
  const { text, words, procedure, initials } = known.get(view) ?? foldOnce(view, names)
  const starts = [...words, ...(word.length > 1 ? procedure : [])].some((each) => each.startsWith(word))
  const inside = /^[\d-]{3,}$/.test(word) && text.includes(word)
  return starts || inside || (word.length > 1 && initials.startsWith(word))
}

function foldOnce(view: DossierView, names: ReadonlyMap<string, string>): Folded {
  const { dossier } = view
  const { applicant } = dossier
  const reception = receptionOf(dossier)
  const person = applicant.kind === 'person' ? applicant.personalId : applicant.representative
  const number = reception?.number.text ?? ''
  const procedure = plain(names.get(dossier.procedure.code) ?? '').split(' ')
  const digits = [applicant.phone, applicant.kind === 'person' ? '' : applicant.taxCode, reception?.delegate?.phone]
  const fields = [applicant.name, person, reception?.delegate?.name, number, ...digits]
  const text = plain(fields.filter(Boolean).join(' '))
  const shortened = [number.split('-').slice(-2).join('-'), number.split('-').at(-1) ?? '']
  const folded = { text, words: [...text.split(' '), ...shortened], procedure, initials: initialsOf(procedure) }
  known.set(view, folded)
  return folded
}

function initialsOf(words: readonly string[]): string {
  return words
    .flatMap((word) => word.split(/[^a-z0-9]+/))
    .map((word) => word.charAt(0))
    .join('')
}

const marks = /\p{Mark}/gu

function plain(text: string): string {
  const bare = text.toLowerCase().normalize('NFD').replace(marks, '').replaceAll('đ', 'd')
  return bare.split(/\s+/).filter(Boolean).join(' ')
}
