import { foldText, initialsOf } from '../../../../shared/core/text-folding.ts'
import type { IsoDate } from '../../../../shared/core/time.ts'
import type { Catalogue, Procedure } from '../../../../shared/law/procedure.ts'

/** Procedures in force on a day, the most used first, otherwise in the order of the catalogue. */
export function proceduresOn(
  catalogue: Catalogue,
  on: IsoDate,
  uses: Readonly<Record<string, number>>,
): readonly Procedure[] {
  return catalogue.procedures
    .filter(({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && (effectiveTo === undefined || on <= effectiveTo))
    .toSorted((one, other) => (uses[other.code] ?? 0) - (uses[one.code] ?? 0))
}

/** Finds by name without diacritics, by initials ("dkks") or by code; better matches first. */
export function searchProcedures(procedures: readonly Procedure[], typed: string): readonly Procedure[] {
  const query = foldText(typed)
  if (query === '') return procedures
  return procedures
    .map((procedure) => ({ procedure, rank: rankOf(procedure, query) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank)
    .map(({ procedure }) => procedure)
}

/** Half of all names begin so; nobody types it. */
const commonStart = /^Đăng ký /

function rankOf({ name, shortName, code, sector }: Procedure, query: string): number {
  const full = [name, ...(shortName ? [shortName] : [])]
  const names = [...full, ...full.map((text) => text.replace(commonStart, ''))]
  const initials = query.replace(/\s/g, '')
  if (code === query) return 6
  if (names.some((text) => initialsOf(text) === initials)) return 5
  if (names.some((text) => foldText(text).startsWith(query))) return 4
  if (names.some((text) => initialsOf(text).startsWith(initials)) || code.startsWith(query)) return 3
  if (names.some((text) => foldText(text).includes(query)) || code.includes(query)) return 2
  const words = foldText(`${name} ${shortName ?? ''} ${sector}`)
  return query.split(' ').every((word) => words.includes(word)) ? 1 : 0
}
