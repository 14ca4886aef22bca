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

function answers({ dossier }: DossierView, word: string, names: ReadonlyMap<string, string>): boolean {
  const { applicant } = dossier
  const reception = receptionOf(dossier)
  const person = applicant.kind === 'person' ? applicant.personalId : applicant.representative
  const number = reception?.number.text ?? ''
  const procedure = plain(names.get(dossier.procedure.code) ?? '').split(' ')
  const digits = [applicant.phone, applicant.kind === 'person' ? '' : applicant.taxCode, reception?.delegate?.phone]
  const fields = [applicant.name, person, reception?.delegate?.name, number, ...digits]
  const spoken = plain(fields.filter(Boolean).join(' ')).split(' ')
  const shortened = [number.split('-').slice(-2).join('-'), number.split('-').at(-1) ?? '']
  const starts = [...spoken, ...shortened, ...(word.length > 1 ? procedure : [])].some((each) => each.startsWith(word))
  const inside = /^[\d-]{3,}$/.test(word) && spoken.join(' ').includes(word)
  const initials = word.length > 1 && initialsOf(procedure).startsWith(word)
  return starts || inside || initials
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
