import type { DossierEvent } from '../../../shared/domain/event.ts'
import type { PeerDossier } from './peer-documents.ts'

export const peerIds = ['raw-indexeddb', 'raw-dexie', 'rxdb-dexie', 'pouchdb'] as const
export type PeerId = (typeof peerIds)[number]

/**
 * A store the desk is measured against, put to its best reasonable use: indexes made for the questions asked, one
 * connection, documents in the clear. Writes are strictly durable, as the desk's are.
 */
export interface PeerStore {
  readonly fill: (dossiers: readonly PeerDossier[], events: readonly DossierEvent[]) => Promise<void>
  /** Resolves when the dossier is on the disk. */
  readonly insert: (dossier: PeerDossier) => Promise<void>
  /** Called before each reading: drops what the store keeps in memory of its own. */
  readonly forget?: () => void
  /** Open dossiers in the order of their due dates, from a date on. */
  readonly openFrom: (dueAt: string, limit: number) => Promise<readonly PeerDossier[]>
  /** How many dossiers are in a status. */
  readonly counts: (statuses: readonly string[]) => Promise<readonly number[]>
}
