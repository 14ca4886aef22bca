import type { SpotlightActionData } from '@mantine/spotlight'
import { initialsOf } from '../../../shared/core/text-folding.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import { navigate } from '../../app/route.ts'
import { shortNameOf } from '../../store/use-procedures.ts'
import { searchCatalogue } from '../catalogue/search-catalogue.ts'

const shownProcedures = 8

/** "dkks" Enter starts a birth registration: exact initials first, then the shorter name. */
export function paletteProcedures(procedures: readonly Procedure[], query: string): SpotlightActionData[] {
  const wanted = query.trim().toLowerCase()
  return [...searchCatalogue(procedures, query)]
    .sort((a, b) => rank(a, wanted) - rank(b, wanted) || shortNameOf(a).length - shortNameOf(b).length)
    .slice(0, shownProcedures)
    .map((procedure) => ({
      id: `procedure-${procedure.code}`,
      label: shortNameOf(procedure),
      description: `${procedure.processingText}. ${procedure.feeText}`,
      onClick: () => navigate({ page: 'intake', procedureCode: procedure.code }),
      rightSection: <kbd>{initialsOf(shortNameOf(procedure)).toUpperCase()}</kbd>,
    }))
}

function rank(procedure: Procedure, wanted: string): number {
  return initialsOf(shortNameOf(procedure)) === wanted || initialsOf(procedure.name) === wanted ? 0 : 1
}
