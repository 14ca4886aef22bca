import { useEffect, useSyncExternalStore } from 'react'
import type { DossierId } from '../../shared/core/ids.ts'
import type { DossierView } from '../../shared/ipc/view.ts'
import { useDeskStore } from './current-store.ts'
import type { DossierRow } from './dossier-row.ts'

function never(): () => void {
  return () => undefined
}

function zero(): number {
  return 0
}

interface Readable<T> {
  readonly peek: (id: string) => T | undefined
  readonly load: (ids: readonly string[]) => Promise<void>
  readonly version: () => number
  readonly subscribe: (listener: () => void) => () => void
}

/** What a reader knows by id; what was not read yet is undefined and comes with the next render. */
function useRead<T>(reader: Readable<T> | undefined, ids: readonly DossierId[]): readonly (T | undefined)[] {
  const index = useDeskStore()?.index
  useSyncExternalStore(reader?.subscribe ?? never, reader?.version ?? zero)
  // A dossier may be asked for before the projector brought it: the index tells when to look again.
  const known = useSyncExternalStore(index?.subscribe ?? never, index?.version ?? zero)
  const wanted = ids.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what the index knows.
  useEffect(() => {
    if (reader && wanted !== '') void reader.load(wanted.split(' '))
  }, [reader, wanted, known])
  return ids.map((id) => reader?.peek(id))
}

/** Whole dossiers out of RxDB. */
export function useDossiers(ids: readonly DossierId[]): readonly (DossierView | undefined)[] {
  return useRead(useDeskStore()?.reader, ids)
}

/** What a list shows of them. */
export function useDossierRows(ids: readonly DossierId[]): readonly (DossierRow | undefined)[] {
  return useRead(useDeskStore()?.rows, ids)
}

export function useDossier(id: DossierId | undefined): DossierView | undefined {
  return useDossiers(id ? [id] : [])[0]
}
