import type { AdmissionContext } from '../../shared/domain/admission.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import type { WorkingCalendar } from '../../shared/law/calendar.ts'
import type { DeskDirectory } from '../../shared/law/desk-directory.ts'
import { type Catalogue, findProcedureVersion, type Procedure } from '../../shared/law/procedure.ts'
import {
  type PublicationKind,
  type Publications,
  type PublicationVersions,
  publicationKinds,
} from '../../shared/law/publication.ts'
import type { RecoveryKey } from '../../shared/law/recovery-key.ts'
import type { StaffDirectory, StaffMember } from '../../shared/law/staff.ts'
import type { UnitDirectory } from '../../shared/law/unit.ts'
import type { Store } from '../store/pool.ts'
import { countPublications, type Publication, readPublications } from '../store/publications.ts'

/** All reference data ever published, ready to judge by and to hand out. */
export interface LawBooks {
  /** The newest of each kind as a unit sees it: of staff and desks, only its own. */
  readonly newestFor: (unitId: string) => Partial<Publications>
  /** The context an event is judged in: the versions it names, where they are known. */
  readonly contextFor: (event: StoredEvent) => AdmissionContext | undefined
}

/** Keeps the books in memory and reads them again when something was published. */
export function lawBooksOf({ allUnits }: Store): () => Promise<LawBooks> {
  let held: { count: number; books: LawBooks } | undefined
  return async () => {
    const count = await countPublications(allUnits)
    if (!held || held.count !== count) held = { count, books: bind(await readPublications(allUnits)) }
    return held.books
  }
}

/** What is newer than the desk holds. After a change of epoch its versions mean nothing: everything is sent. */
export function newerThan(
  newest: Partial<Publications>,
  holds: PublicationVersions | undefined,
): Partial<Publications> {
  const kinds = publicationKinds.filter((kind) => (newest[kind]?.version ?? 0) > (holds?.[kind] ?? 0))
  return Object.fromEntries(kinds.map((kind) => [kind, newest[kind]]))
}

function bind(publications: readonly Publication[]): LawBooks {
  const bodies = <T>(kind: PublicationKind) =>
    publications.filter((each) => each.kind === kind).map(({ body }) => body as T)
  const catalogues = bodies<Catalogue>('catalogue')
  const calendars = bodies<WorkingCalendar>('calendar')
  const units = bodies<UnitDirectory>('units').at(-1)
  const staff = new Map<string, StaffDirectory>()
  const members = new Map<string, StaffMember>()
  const recoveryKeys = new Map<string, RecoveryKey>()
  const desks = new Map<string, DeskDirectory>()
  for (const { kind, unitId, body } of publications) {
    if (kind === 'recoveryKey') recoveryKeys.set(unitId, body as RecoveryKey)
    if (kind === 'desks') desks.set(unitId, body as DeskDirectory)
    if (kind !== 'staff') continue
    staff.set(unitId, body as StaffDirectory)
    for (const member of (body as StaffDirectory).staff) members.set(member.id, member)
  }
  const procedures = new Map<string, Procedure | undefined>()
  const findProcedure = (code: string, version: number) => {
    const key = `${version} ${code}`
    if (!procedures.has(key)) {
      const found = catalogues.flatMap((catalogue) => findProcedureVersion(catalogue, code, version) ?? []).at(-1)
      if (!found) return undefined
      procedures.set(key, found)
    }
    return procedures.get(key)
  }
  return {
    newestFor: (unitId) =>
      withoutAbsent({
        catalogue: catalogues.at(-1),
        calendar: calendars.at(-1),
        units,
        staff: staff.get(unitId),
        recoveryKey: recoveryKeys.get(unitId),
        desks: desks.get(unitId),
      }),
    contextFor: (event) => {
      const calendar = calendars.find(({ version }) => version === event.law.calendar) ?? calendars.at(-1)
      if (!calendar) return undefined
      return {
        calendar,
        catalogueVersion: event.law.catalogue,
        findProcedure,
        findStaff: (staffId) => {
          const member = members.get(staffId)
          return member?.unitId === event.unitId ? member : undefined
        },
      }
    },
  }
}

function withoutAbsent(publications: { [K in PublicationKind]: Publications[K] | undefined }): Partial<Publications> {
  return Object.fromEntries(Object.entries(publications).filter(([, body]) => body !== undefined))
}
