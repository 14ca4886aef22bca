import path from 'node:path'
import { type Publications, type PublicationVersions, publicationsSchema } from '../../shared/law/publication.ts'
import type { StaffMember } from '../../shared/law/staff.ts'
import { ownFolder } from '../disk/durable-file.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

/** The district's publications as this desk holds them: catalogue, calendar, units, staff, desks. */
export interface ReferenceStore {
  readonly current: () => Partial<Publications>
  readonly versions: () => PublicationVersions
  /** Keeps what is newer than what it holds. */
  readonly save: (newer: Partial<Publications>) => Promise<void>
  readonly findStaff: (staffId: string) => StaffMember | undefined
  /** Of a desk of this unit. */
  readonly findDeskName: (deskId: string) => string | undefined
}

const place = 'reference/publications'

export async function openReferenceStore(folder: string, key: Uint8Array): Promise<ReferenceStore> {
  await ownFolder(folder)
  const file = path.join(folder, 'publications.sealed')
  const read = await readSealedJson(file, key, place)
  // Damaged reference data is no loss: holding none, the desk is sent all of it on the next contact.
  const parsed = publicationsSchema.partial().safeParse(read.state === 'read' ? read.value : {})
  // Kept as it came: what a newer version reads in it must not be lost by an older one that saves it again.
  let publications: Partial<Publications> =
    parsed.success && read.state === 'read' ? (read.value as typeof parsed.data) : {}
  return {
    current: () => publications,
    versions: () => ({
      catalogue: publications.catalogue?.version ?? 0,
      calendar: publications.calendar?.version ?? 0,
      units: publications.units?.version ?? 0,
      staff: publications.staff?.version ?? 0,
      recoveryKey: publications.recoveryKey?.version ?? 0,
      desks: publications.desks?.version ?? 0,
    }),
    async save(newer) {
      const next = { ...publications, ...newer }
      await writeSealedJson(file, key, place, next)
      publications = next
    },
    findStaff: (staffId) => publications.staff?.staff.find((member) => member.id === staffId),
    findDeskName: (deskId) => publications.desks?.desks.find((desk) => desk.deskId === deskId)?.name,
  }
}
