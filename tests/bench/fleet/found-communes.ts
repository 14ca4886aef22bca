import { seedData } from '../../../district/law/seed-data.ts'
import { signInVerifier } from '../../../district/law/sign-in-verifier.ts'
import { addEnrolmentCode } from '../../../district/store/enrolment-codes.ts'
import { openStore, type Store } from '../../../district/store/pool.ts'
import { publish } from '../../../district/store/publications.ts'
import type { Unit } from '../../../shared/law/unit.ts'
import { demoNow } from '../world/demo-day.ts'
import type { DistrictProcess } from '../world/district-process.ts'

const shipped = seedData('vu-ban-2022')

export interface CommunesWish {
  readonly communes: number
  readonly desksEach: number
  /** 1, 2 …: each wave has communes of its own. */
  readonly wave: number
}

/**
 * Makes as many communes of the district as a fleet needs, each like the first shipped one with its staff, and answers
 * one-time codes for their desks, commune after commune.
 */
export async function foundCommunes(
  district: DistrictProcess,
  { communes, desksEach, wave }: CommunesWish,
): Promise<readonly string[]> {
  const store = openStore(district.databaseUrl(), () => undefined)
  try {
    const first = shipped.units.units.find(({ kind }) => kind === 'commune')
    if (!first) throw new Error('the data names no commune')
    const all = Array.from(
      { length: wave * communes },
      (_, at): Unit => ({ ...first, id: `xa-${at + 1}` as Unit['id'] }),
    )
    const made = all.slice(-communes)
    await publishUnits(store, all, wave)
    await publishStaff(store, first, made)
    const codes: string[] = []
    for (const { id } of made) {
      for (let desk = 1; desk <= desksEach; desk += 1) {
        codes.push(await addEnrolmentCode(store, { unitId: id, deskName: `Quầy ${desk}`, hours: 24 }, demoNow()))
      }
    }
    return codes
  } finally {
    await store.end()
  }
}

async function publishUnits(store: Store, made: readonly Unit[], wave: number): Promise<void> {
  const version = shipped.units.version + wave
  const body = { ...shipped.units, version, units: [...shipped.units.units, ...made] }
  await publish(store.allUnits, { kind: 'units', unitId: '', version, body, source: '' }, demoNow())
}

async function publishStaff(store: Store, like: Unit, made: readonly Unit[]): Promise<void> {
  const signIn = await signInVerifier('123456')
  const members = shipped.staff.filter(({ unitId }) => unitId === like.id)
  for (const { id } of made) {
    const staff = members.map(({ signInCode: _, ...member }) => {
      return { ...member, id: `${id}.${member.id.split('.').at(-1)}`, unitId: id, active: true, signIn }
    })
    await publish(
      store.allUnits,
      { kind: 'staff', unitId: id, version: 1, body: { version: 1, staff }, source: '' },
      demoNow(),
    )
  }
}
