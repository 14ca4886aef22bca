import { useMemo, useSyncExternalStore } from 'react'
import type { DossierId } from '../../shared/core/ids.ts'
import { useDeskStore } from './current-store.ts'
import { useMinute } from './desk-clock.ts'
import type { DossierFilter, FilterCounts } from './index-filter.ts'
import { useProcedureNames } from './use-procedures.ts'

function never(): () => void {
  return () => undefined
}

function zero(): number {
  return 0
}

function useIndexVersion(): number {
  const index = useDeskStore()?.index
  return useSyncExternalStore(index?.subscribe ?? never, index?.version ?? zero)
}

/** Ids in work order, live. */
export function useDossierList(filter: DossierFilter, query: string): readonly DossierId[] {
  const index = useDeskStore()?.index
  const version = useIndexVersion()
  const now = useMinute()
  const procedures = useProcedureNames()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the content of the index.
  return useMemo(
    () => index?.list(filter, query, now, procedures) ?? [],
    [index, version, filter, query, now, procedures],
  )
}

/** How many dossiers each filter holds, live; undefined while no store is open. */
export function useFilterCounts(): FilterCounts | undefined {
  const index = useDeskStore()?.index
  const version = useIndexVersion()
  const now = useMinute()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the content of the index.
  return useMemo(() => index?.counts(now), [index, version, now])
}
