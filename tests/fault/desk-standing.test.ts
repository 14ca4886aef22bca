import { expect, onTestFinished, test } from 'vitest'
import { retireDesk } from '../../district/store/desks.ts'
import type { Desk } from '../../electron/desk.ts'
import { enrolAgain } from '../../electron/enrolment/enrol.ts'
import { findProcedure } from '../../shared/law/procedure.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()

async function openDesk(folder: string): Promise<Desk> {
  const desk = await openNodeDesk({ folder })
  onTestFinished(() => desk.close().catch(() => undefined))
  return desk
}

async function enrolledDesk(district: TestDistrict, folder = tempFolder()): Promise<Desk> {
  const desk = await openDesk(folder)
  await enrolDesk(desk, district.url, await district.code('goi'), 'Quầy 1')
  await signIn(desk, 'goi.hanh')
  return desk
}

async function receive(desk: Desk) {
  const { catalogue } = desk.reference.current()
  const procedure = catalogue && findProcedure(catalogue, '2.000815', desk.clock.instant().slice(0, 10))
  if (!procedure) throw new Error('no certified copies in the catalogue')
  const name = { kind: 'person', name: 'Nguyễn Thị Ánh', personalId: '036185001234' } as const
  return execute(desk, receiveCommand(procedure, newId(), { applicant: name }))
}

async function received(desk: Desk): Promise<string> {
  const answer = await receive(desk)
  if (!answer.ok || !answer.value.number) throw new Error(`not received: ${JSON.stringify(answer)}`)
  return answer.value.number.text
}

async function exchangeOf(desk: Desk) {
  if (!desk.findExchange()) desk.startExchange()
  await desk.findExchange()?.now()
  return desk.findExchange()?.status()
}

async function numbersAt(district: TestDistrict): Promise<readonly string[]> {
  const { rows } = await district.district.store.allUnits.query<{ number: string }>(
    'select number from dossier_number order by number',
  )
  return rows.map(({ number }) => number)
}

test('a retired desk hears it, keeps everything, reads on, and issues no number, also after a restart without a line', async () => {
  const district = await cluster.district()
  const folder = tempFolder()
  const desk = await enrolledDesk(district, folder)
  await received(desk)
  await exchangeOf(desk)
  await received(desk)
  const deskId = desk.identity.current()?.deskId ?? ''
  await retireDesk(district.district.store.allUnits, deskId, district.district.clock.now())
  expect(await exchangeOf(desk)).toMatchObject({ line: 'refused', code: 'desk/retired', unsentEvents: 1 })
  expect(await receive(desk)).toEqual({ ok: false, error: { code: 'desk/retired' } })
  await desk.close()

  await district.close()
  const again = await openDesk(folder)
  await signIn(again, 'goi.hanh')
  expect(again.identity.current()?.retired).toBe(true)
  expect(await receive(again)).toEqual({ ok: false, error: { code: 'desk/retired' } })
  expect(again.journal.index.events.size).toBe(2)
  expect(again.journal.index.unsent.size).toBe(1)
  expect(await exchangeOf(again)).toMatchObject({ line: 'offline', unsentEvents: 1 })
  expect(again.identity.current()?.retired).toBe(true)
})

test('a desk that was retired by mistake is let in again and sends what it kept', async () => {
  const district = await cluster.district()
  const desk = await enrolledDesk(district)
  await received(desk)
  const deskId = desk.identity.current()?.deskId ?? ''
  await retireDesk(district.district.store.allUnits, deskId, district.district.clock.now())
  expect(await exchangeOf(desk)).toMatchObject({ code: 'desk/retired' })
  await retireDesk(district.district.store.allUnits, deskId, undefined)
  expect(await exchangeOf(desk)).toMatchObject({ line: 'online', unsentEvents: 0 })
  expect((await receive(desk)).ok).toBe(true)
})

test('a replaced database: the desk says so, enrols again under its name, offers everything, and repeats no number', async () => {
  const before = await cluster.district()
  const desk = await enrolledDesk(before)
  const printed = [await received(desk), await received(desk)]
  expect(await exchangeOf(desk)).toMatchObject({ line: 'online', unsentEvents: 0 })
  printed.push(await received(desk))
  const port = Number(new URL(before.url).port)
  await before.close()
  const replaced = await cluster.district({ port })
  const newcomer = await replaced.enrol('goi')
  expect(await exchangeOf(desk)).toMatchObject({ line: 'refused', code: 'desk/unknown' })
  // Not knowing the desk is the district's trouble: work goes on.
  printed.push(await received(desk))

  const { deskId, lane } = desk.identity.current() ?? {}
  const wrong = await desk.atRest(() => enrolAgain({ url: replaced.url, code: 'ABCD-EFGH-JKLM' }, desk))
  expect(wrong).toEqual({ ok: false, error: { code: 'enrolment/refused', reason: 'enrolment/bad-code' } })
  const code = await replaced.code('goi')
  expect(await desk.atRest(() => enrolAgain({ url: replaced.url, code }, desk))).toEqual({ ok: true, value: null })
  expect(desk.identity.current()?.deskId).toBe(deskId)
  expect(desk.identity.current()?.lane.first).toBeGreaterThan(lane?.last ?? Number.MAX_SAFE_INTEGER)
  expect(desk.identity.current()?.lane.id).not.toBe(newcomer.enrolment.lane.id)
  expect(await exchangeOf(desk)).toMatchObject({ line: 'online', unsentEvents: 0 })
  printed.push(await received(desk))
  expect(await exchangeOf(desk)).toMatchObject({ unsentEvents: 0 })
  expect(new Set(printed).size).toBe(printed.length)
  expect(await numbersAt(replaced)).toEqual([...printed].sort())
  const { rows } = await replaced.district.store.allUnits.query('select 1 from incident where closed_at is null')
  expect(rows).toEqual([])
})
