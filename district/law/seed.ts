import { createHash } from 'node:crypto'
import type { PublicationKind } from '../../shared/law/publication.ts'
import type { StaffMember } from '../../shared/law/staff.ts'
import type { UnitDirectory } from '../../shared/law/unit.ts'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/pool.ts'
import { publish, readPublications } from '../store/publications.ts'
import { type SeedName, type SeedStaff, seedData } from './seed-data.ts'
import { signInVerifier } from './sign-in-verifier.ts'

/**
 * Publishes a shipped data set. What was loaded before from the same file is left alone; a changed file becomes the
 * next version, unless it was already superseded by something published here.
 */
export async function seed(store: Store, name: SeedName, clock: Clock): Promise<void> {
  const data = seedData(name)
  const held = await readPublications(store.allUnits)
  const offer = async (kind: PublicationKind, unitId: string, file: unknown, body: () => Promise<object>) => {
    const source = createHash('sha256').update(JSON.stringify(file)).digest('hex')
    const mine = held.filter((each) => each.kind === kind && each.unitId === unitId)
    if (mine.some((each) => each.source === source)) return
    const newest = mine.at(-1)
    if (newest && newest.source === '') return
    const shipped = (file as { version?: number }).version ?? 1
    const version = Math.max(shipped, (newest?.version ?? 0) + 1)
    await publish(store.allUnits, { kind, unitId, version, body: { ...(await body()), version }, source }, clock.now())
  }
  await offer('catalogue', '', data.catalogue, async () => data.catalogue)
  await offer('calendar', '', data.calendar, async () => data.calendar)
  await offer('units', '', data.units, async () => data.units)
  await Promise.all(
    data.units.units.map(async ({ id }) => {
      const staff = data.staff.filter((member) => member.unitId === id)
      if (staff.length > 0)
        await offer('staff', id, staff, async () => ({ staff: await Promise.all(staff.map(enlist)) }))
    }),
  )
  await store.query('update district set name = $1', [nameOf(data.units)])
}

async function enlist({ signInCode, ...member }: SeedStaff[number]): Promise<StaffMember> {
  return { ...member, active: true, signIn: await signInVerifier(signInCode) }
}

/** The district speaks for the lowest unit above the communes: a district then, a province now. */
function nameOf({ units }: UnitDirectory): string {
  const above = units.find(({ kind }) => kind === 'district') ?? units.find(({ kind }) => kind === 'province')
  return above?.name ?? 'Máy chủ cấp trên'
}
