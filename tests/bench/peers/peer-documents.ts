import type { Dossier } from '../../../shared/domain/dossier.ts'
import { receptionOf } from '../../../shared/domain/dossier.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { foldDossier } from '../../../shared/domain/fold.ts'
import type { RegisterDesk } from '../world/register.ts'
import { registerOf } from '../world/register.ts'

/** A dossier as a peer keeps it: what its indexes need stands beside it. */
export interface PeerDossier {
  readonly id: string
  readonly status: string
  /** 1 while there is work to do: an index cannot hold a boolean. */
  readonly open: 0 | 1
  readonly dueAt: string
  readonly dossier: Dossier
}

export interface PeerChunk {
  readonly dossiers: readonly PeerDossier[]
  readonly events: readonly DossierEvent[]
}

const openStatuses: ReadonlySet<string> = new Set(['received', 'in-processing', 'finished'])

/** The register the desk holds, folded: the same generator with the same seed. */
export function* peerChunks(desk: RegisterDesk, dossiers: number, seed: number, size: number): Generator<PeerChunk> {
  const histories = [...historiesOf(desk, dossiers, seed).values()]
  for (let from = 0; from < histories.length; from += size) {
    const some = histories.slice(from, from + size)
    yield { dossiers: some.map(fold), events: some.flat() }
  }
}

function fold(events: readonly DossierEvent[]): PeerDossier {
  const dossier = foldDossier(events)
  if (!dossier) throw new Error('a generated history is no dossier')
  return peerDossierOf(dossier)
}

export function peerDossierOf(dossier: Dossier): PeerDossier {
  const { status } = dossier.state
  const dueAt = receptionOf(dossier)?.due.dueAt ?? ''
  return { id: dossier.id, status, open: openStatuses.has(status) ? 1 : 0, dueAt, dossier }
}

function historiesOf(desk: RegisterDesk, dossiers: number, seed: number): ReadonlyMap<string, DossierEvent[]> {
  const histories = new Map<string, DossierEvent[]>()
  for (const event of registerOf(desk, { dossiers, seed })) {
    const history = histories.get(event.dossierId)
    if (history) history.push(event)
    else histories.set(event.dossierId, [event])
  }
  return histories
}
