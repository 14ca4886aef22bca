import { useMemo } from 'react'
import { dateOf } from '../../shared/core/time.ts'
import { type Catalogue, findProcedureVersion, type Procedure } from '../../shared/law/procedure.ts'
import { useMinute } from './desk-clock.ts'
import type { ProcedureNames } from './index-filter.ts'
import { useReference } from './use-reference.ts'

const nothing: readonly Procedure[] = []

/** Procedures in force today, in the order in which the district publishes them. */
export function useProcedures(): readonly Procedure[] {
  const { catalogue } = useReference()
  const today = dateOf(useMinute())
  return useMemo(() => (catalogue ? inForce(catalogue, today) : nothing), [catalogue, today])
}

function inForce(catalogue: Catalogue, today: string): readonly Procedure[] {
  return catalogue.procedures.filter(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= today && (!effectiveTo || today <= effectiveTo),
  )
}

/** Full names by code, whatever the version: what search compares query words with. */
export function useProcedureNames(): ProcedureNames {
  const { catalogue } = useReference()
  return useMemo(() => new Map(catalogue?.procedures.map(({ code, name }) => [code, name])), [catalogue])
}

/** The version a dossier was received under; otherwise the nearest one known. */
export function findDossierProcedure(
  catalogue: Catalogue | undefined,
  procedure: { readonly code: string; readonly version: number },
): Procedure | undefined {
  if (!catalogue) return undefined
  return (
    findProcedureVersion(catalogue, procedure.code, procedure.version) ??
    catalogue.procedures.find(({ code }) => code === procedure.code)
  )
}

export function shortNameOf(procedure: Procedure): string {
  return procedure.shortName ?? procedure.name
}
