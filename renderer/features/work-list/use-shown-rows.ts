import { useMemo } from 'react'
import { useMinute } from '../../store/desk-clock.ts'
import { useDossierRows } from '../../store/use-dossiers.ts'
import { findDossierProcedure, shortNameOf } from '../../store/use-procedures.ts'
import { useReference } from '../../store/use-reference.ts'
import { useStaffNames } from '../../store/use-staff-name.ts'
import type { RowContext, ShownRow } from './work-list-columns.tsx'
import type { WorkRows } from './work-rows.ts'

/** The rows on screen with what they show, out of RxDB. */
export function useShownRows(rows: WorkRows, visible: readonly { readonly index: number }[]): readonly ShownRow[] {
  const now = useMinute()
  const { catalogue } = useReference()
  const staffName = useStaffNames()
  const shown = visible.flatMap(({ index }) => rows.at(index) ?? [])
  const views = useDossierRows(shown.flatMap((row) => (row.kind === 'dossier' ? [row.id] : [])))
  const context = useMemo<RowContext>(
    () => ({
      now,
      catalogue,
      staffName,
      procedureName: (code) => {
        const procedure = findDossierProcedure(catalogue, { code, version: 0 })
        return procedure && shortNameOf(procedure)
      },
    }),
    [now, catalogue, staffName],
  )
  const found = new Map(views.flatMap((view) => (view ? [[view.id, view] as const] : [])))
  return shown.map((row) =>
    row.kind === 'draft' ? { kind: 'draft', row, context } : { kind: 'dossier', view: found.get(row.id), context },
  )
}
