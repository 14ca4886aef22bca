import type { SpotlightActionData } from '@mantine/spotlight'
import { useDeferredValue } from 'react'
import { navigate } from '../../app/route.ts'
import { useDeskStore } from '../../store/current-store.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { useDossiers } from '../../store/use-dossiers.ts'
import { findDossierProcedure, shortNameOf, useProcedureNames } from '../../store/use-procedures.ts'
import { useReference } from '../../store/use-reference.ts'
import { t } from '../../text/t.ts'
import { shortNumberOf } from '../dossier/dossier-words.ts'

const shownDossiers = 8

/** Dossiers of any condition that answer the query, open work first. */
export function usePaletteDossiers(query: string): SpotlightActionData[] {
  const wanted = useDeferredValue(query).trim()
  const index = useDeskStore()?.index
  const now = useMinute()
  const names = useProcedureNames()
  const { catalogue } = useReference()
  const ids = wanted.length < 2 || !index ? [] : index.list('all', wanted, now, names).slice(0, shownDossiers)
  const views = useDossiers(ids)
  return views.flatMap((view) => {
    if (!view) return []
    const { dossier } = view
    const procedure = findDossierProcedure(catalogue, dossier.procedure)
    const name = procedure ? shortNameOf(procedure) : dossier.procedure.code
    return {
      id: `dossier-${view.id}`,
      label: dossier.applicant.name,
      description: `${name}, ${t(`statuses.status.${dossier.state.status}`).toLowerCase()}`,
      onClick: () => navigate({ page: 'dossier', dossierId: view.id }),
      rightSection: <span className="code small">{shortNumberOf(dossier)}</span>,
    }
  })
}
