import { useEffect, useSyncExternalStore } from 'react'
import type { DossierId } from '../../shared/core/ids.ts'
import type { DossierView } from '../../shared/ipc/view.ts'
import { useDeskStore } from './current-store.ts'

function never(): () => void {
  return () => undefined
}

function zero(): number {
  return 0
}

/** Dossiers by id out of RxDB; those not read yet are undefined and come with the next render. */
export function useDossiers(ids: readonly DossierId[]): readonly (DossierView | undefined)[] {
  const { reader, index } = useDeskStore() ?? {}
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

export function useDossier(id: DossierId | undefined): DossierView | undefined {
  return useDossiers(id ? [id] : [])[0]
}
