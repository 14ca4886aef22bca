import type { SpotlightActionData } from '@mantine/spotlight'
import { abbreviationOf, foldText, initialsOf } from '../../../shared/core/text-folding.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import { navigate } from '../../app/route.ts'
import { shortNameOf } from '../../store/use-procedures.ts'
import { searchCatalogue } from '../catalogue/search-catalogue.ts'
import { procedureSummary } from './procedure-summary.ts'

const shownProcedures = 8

/** "dkks" Enter starts a birth registration: exact initials first, then names that begin so. */
export function paletteProcedures(procedures: readonly Procedure[], query: string): SpotlightActionData[] {
  const wanted = foldText(query)
  return [...searchCatalogue(procedures, query)]
    .sort((a, b) => rank(a, wanted) - rank(b, wanted))
    .slice(0, shownProcedures)
    .map((procedure) => ({
      id: `procedure-${procedure.code}`,
      label: shortNameOf(procedure),
      description: procedureSummary(procedure),
      onClick: () => navigate({ page: 'intake', procedureCode: procedure.code }),
      rightSection: <kbd>{abbreviationOf(shortNameOf(procedure))}</kbd>,
    }))
}

/** Half of all names begin so; nobody types it. */
const commonStart = /^dang ky /

function rank(procedure: Procedure, wanted: string): number {
  const name = foldText(shortNameOf(procedure))
  if (initialsOf(name) === wanted || initialsOf(procedure.name) === wanted) return 0
  if (name.startsWith(wanted) || name.replace(commonStart, '').startsWith(wanted)) return 1
  return name.includes(wanted) ? 2 : 3
}
