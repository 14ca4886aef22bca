import { foldText } from '../../../shared/core/text-folding.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import { parseQuery, procedureMatches } from '../../store/search-text.ts'

/** Every word of the query stands in the name, the initials, the code or the sector. */
export function searchCatalogue(procedures: readonly Procedure[], query: string): readonly Procedure[] {
  const terms = parseQuery(query)
  if (terms.length === 0) return procedures
  return procedures.filter(({ name, shortName, code, sector }) => {
    const text = ` ${foldText(`${name} ${shortName ?? ''} ${code} ${sector}`)}`
    return terms.every(
      (term) => text.includes(term.needle) || procedureMatches(name, term) || procedureMatches(shortName ?? '', term),
    )
  })
}

export interface Sector {
  readonly name: string
  readonly procedures: readonly Procedure[]
}

export function bySector(procedures: readonly Procedure[]): readonly Sector[] {
  const sectors = new Map<string, Procedure[]>()
  for (const procedure of procedures) {
    const known = sectors.get(procedure.sector)
    if (known) known.push(procedure)
    else sectors.set(procedure.sector, [procedure])
  }
  return [...sectors].map(([name, own]) => ({ name, procedures: own }))
}
