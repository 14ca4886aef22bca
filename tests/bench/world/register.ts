import type { DeskId, StaffId } from '../../../shared/core/ids.ts'
import { instantOf } from '../../../shared/core/time.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import type { NumberLane } from '../../../shared/domain/numbering.ts'
import type { Publications } from '../../../shared/law/publication.ts'
import type { Role, StaffMember } from '../../../shared/law/staff.ts'
import type { Unit } from '../../../shared/law/unit.ts'
import { makeDossiers } from '../make-dossiers.ts'
import { dayBegins } from './demo-day.ts'

/** The register every part works on. */
export const registerSeed = 20220817

/** What decides the generated events and the dossiers folded from them. */
export const generatorSources = [
  'tests/bench/dossiers',
  'tests/bench/make-dossiers.ts',
  'tests/bench/world/register.ts',
  'shared/domain/decide.ts',
  'shared/domain/decide-reception.ts',
  'shared/domain/due-date.ts',
  'shared/domain/event.ts',
  'shared/domain/fold.ts',
  'shared/domain/numbering.ts',
  'shared/law/data',
]

interface RegisterStaff {
  readonly staff: readonly Pick<StaffMember, 'id' | 'unitId' | 'role'>[]
}

/** A desk as far as its register needs to know it. */
export interface RegisterDesk {
  readonly unit: Unit
  readonly deskId: DeskId
  readonly lane: NumberLane
  readonly publications: Partial<Pick<Publications, 'catalogue' | 'calendar'>> & { readonly staff?: RegisterStaff }
}

export interface RegisterWish {
  readonly dossiers: number
  readonly seed: number
  readonly receptionsOnly?: boolean
}

/** The generated events of one desk. */
export function registerOf(desk: RegisterDesk, wish: RegisterWish): readonly DossierEvent[] {
  const { catalogue, calendar, staff } = desk.publications
  if (!catalogue || !calendar || !staff) throw new Error('the desk has no reference data')
  const members = staff.staff.filter((member) => member.unitId === desk.unit.id)
  const withRole = (role: Role): StaffId => {
    const member = members.find((each) => each.role === role) ?? members.find((each) => each.role === 'leader')
    if (!member) throw new Error(`${desk.unit.id} has no ${role}`)
    return member.id
  }
  return makeDossiers({
    ...wish,
    unit: desk.unit,
    deskId: desk.deskId,
    lane: desk.lane,
    staff: { reception: withRole('reception'), specialist: withRole('specialist'), leader: withRole('leader') },
    catalogue,
    calendar,
    now: instantOf(dayBegins),
  })
}
