import type { RxCollection, RxDatabase, RxJsonSchema } from 'rxdb/plugins/core'

/**
 * What stands in the clear says nothing about a person: ids, places, dates. Everything else is sealed.
 * Five collections of the twelve RxDB's free package carries.
 */
export interface StoredDossier {
  readonly id: string
  readonly position: number
  /** Its place in work order (`index-slot.ts`): a stretch of the list is then one range of an index. */
  readonly key: number
  /** The whole `DossierView`. */
  readonly sealed: string
}

export interface StoredDraft {
  readonly id: string
  readonly savedAt: string
  /** The whole `DraftView`. */
  readonly sealed: string
}

/** One publication of reference data; `id` is its kind. Sealed because the staff list names people. */
export interface StoredReference {
  readonly id: string
  readonly version: number
  readonly sealed: string
}

/** A part of the saved desk index; see `index-snapshot.ts`. */
export interface StoredSnapshot {
  readonly id: string
  readonly sealed: string
}

/** How far the projection went. */
export interface StoredCheckpoint {
  readonly id: 'projection'
  readonly journalId: string
  readonly position: number
  /** How many dossiers were in the store then: fewer at start means that the store lost some. */
  readonly dossiers: number
}

export type DeskCollections = {
  readonly dossiers: RxCollection<StoredDossier>
  readonly drafts: RxCollection<StoredDraft>
  readonly reference: RxCollection<StoredReference>
  readonly checkpoint: RxCollection<StoredCheckpoint>
  readonly snapshot: RxCollection<StoredSnapshot>
}
export type DeskDatabase = RxDatabase<DeskCollections>

const id = { type: 'string', maxLength: 64 } as const
const count = { type: 'number', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, multipleOf: 1 } as const
const sealed = { type: 'string' } as const

const dossiers: RxJsonSchema<StoredDossier> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    position: count,
    key: count,
    sealed,
  },
  required: ['id', 'position', 'key', 'sealed'],
  indexes: ['key', 'position'],
}

const drafts: RxJsonSchema<StoredDraft> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id, savedAt: { type: 'string' }, sealed },
  required: ['id', 'savedAt', 'sealed'],
}

const reference: RxJsonSchema<StoredReference> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id, version: count, sealed },
  required: ['id', 'version', 'sealed'],
}

const checkpoint: RxJsonSchema<StoredCheckpoint> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id, journalId: { type: 'string' }, position: count, dossiers: count },
  required: ['id', 'journalId', 'position', 'dossiers'],
}

const snapshot: RxJsonSchema<StoredSnapshot> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id, sealed },
  required: ['id', 'sealed'],
}

export const collectionSchemas = {
  dossiers: { schema: dossiers },
  drafts: { schema: drafts },
  reference: { schema: reference },
  checkpoint: { schema: checkpoint },
  snapshot: { schema: snapshot },
} as const
