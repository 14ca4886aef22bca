import { rmSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { addEnrolmentCode } from '../../district/store/enrolment-codes.ts'
import type { Desk } from '../../electron/desk.ts'
import { deskStatusOf } from '../../electron/desk-status.ts'
import { enrol } from '../../electron/enrolment/enrol.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()
const certifiedCopy = procedureOf('2.000815')

async function open(folder: string): Promise<Desk> {
  const desk = await openNodeDesk({ folder, random: () => 0 })
  onTestFinished(() => desk.close().catch(() => undefined))
  return desk
}

async function receive(desk: Desk) {
  const done = await execute(desk, receiveCommand(certifiedCopy, newId()))
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}

test('a desk whose identity file is gone is no new install: enrolled in its own place it sends what it had saved', async () => {
  const district = await cluster.district()
  const { store, clock } = district.district
  const folder = tempFolder()
  const before = await open(folder)
  await enrolDesk(before, district.url, await district.code(), 'Quầy 1')
  const identity = before.identity.current()
  await signIn(before, 'goi.son')
  const saved = [await receive(before), await receive(before)]
  await before.close()
  rmSync(path.join(folder, 'settings', 'desk-identity.sealed'))
  truncateSync(path.join(folder, 'vault', 'desk-identity.sealed'), 30)

  const desk = await open(folder)
  const former = { deskId: identity?.deskId, unsentEvents: 2 }
  expect(deskStatusOf(desk, '')).toMatchObject({ enrolled: false, former, journal: { state: 'whole' } })
  const typed = { url: district.url, deskName: 'Quầy 1' }
  // A code for a new desk would leave everything unsent under a name nobody answers to.
  expect(await enrol({ ...typed, code: await district.code() }, desk)).toMatchObject({
    ok: false,
    error: { reason: 'enrolment/bad-code' },
  })
  const wish = { unitId: 'goi', deskName: '', hours: 1, replaces: former.deskId ?? '' }
  expect(await enrol({ ...typed, code: await addEnrolmentCode(store, wish, clock.now()) }, desk)).toMatchObject({
    ok: true,
  })
  expect(desk.identity.current()).toMatchObject({ deskId: former.deskId, lane: { id: 2 } })
  expect(deskStatusOf(desk, '').former).toBeUndefined()
  await signIn(desk, 'goi.son')
  const next = await receive(desk)
  expect(saved.map(({ number }) => number?.text)).not.toContain(next.number?.text)
  desk.startExchange()
  await desk.findExchange()?.now()
  expect([desk.journal.index.unsent.size, desk.journal.index.refused.size]).toEqual([0, 0])
  const { rows } = await store.allUnits.query<{ desk_id: string }>('select desk_id from event')
  expect(rows.map(({ desk_id }) => desk_id)).toEqual(Array(3).fill(former.deskId))
})
