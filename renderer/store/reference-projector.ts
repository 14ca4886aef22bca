import { type PublicationKind, type Publications, publicationKinds } from '../../shared/law/publication.ts'
import type { DeskDatabase } from './collections.ts'
import { seal } from './seal.ts'

/** Brings newer publications into the `reference` collection. The only writer of it. */
export async function projectReference(
  database: DeskDatabase,
  key: CryptoKey,
  publications: Partial<Publications>,
): Promise<void> {
  const collection = database.collections.reference
  const stored = new Map((await collection.find().exec()).map((document) => [document.id, document.version]))
  const documents = await Promise.all(
    publicationKinds
      .filter((kind) => publications[kind] && publications[kind].version !== stored.get(kind))
      .map(async (kind) => documentOf(key, kind, publications)),
  )
  if (documents.length > 0) await collection.bulkUpsert(documents)
}

async function documentOf(key: CryptoKey, kind: PublicationKind, publications: Partial<Publications>) {
  const content = kind === 'staff' ? withoutSignIn(publications.staff) : publications[kind]
  return { id: kind, version: publications[kind]?.version ?? 0, sealed: await seal(key, 'reference', kind, content) }
}

/** Sign-in codes are main's business; the page keeps names and roles only. */
function withoutSignIn(directory: Publications['staff'] | undefined): Publications['staff'] | undefined {
  if (!directory) return undefined
  const staff = directory.staff.map((member) => ({ ...member, signIn: { salt: '', hash: '', cost: 0 } }))
  return { ...directory, staff }
}
