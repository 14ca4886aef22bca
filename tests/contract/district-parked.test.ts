import { expect, test } from 'vitest'
import { clockWithOffset } from '../../district/clock.ts'
import { addEnrolmentCode } from '../../district/store/enrolment-codes.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { type DeskClient, enrolDesk } from '../harness/desk-client.ts'
import { finishedText, handedOverText, newId, noteText, receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
const hourMs = 3_600_000

async function replace(district: TestDistrict, dead: DeskClient): Promise<DeskClient> {
  const { store, clock } = district.district
  const wish = { unitId: 'goi', deskName: '', hours: 1, replaces: dead.deskId }
  return enrolDesk(district.url, await addEnrolmentCode(store, wish, clock.now()))
}

async function historyOf(desk: DeskClient, dossierId: string) {
  desk.cursor = { epoch: '', seq: 0 }
  const { events } = await desk.exchange()
  return events
    .map(({ text, findings }) => ({ event: JSON.parse(String(text)) as StoredEvent, findings }))
    .filter(({ event }) => event.dossierId === dossierId)
}

async function openIncidents(district: TestDistrict, desk: DeskClient) {
  const { rows } = await district.district.store.allUnits.query<{ code: string; subject: string }>(
    `select code, subject from incident where desk_id = $1 and code like '%parked%' and closed_at is null`,
    [desk.deskId],
  )
  return rows
}

/** A dossier finished and handed over by a desk that dies while its finish has lost a race. */
async function handedOverAndDead(district: TestDistrict) {
  const [dead, other] = [await district.enrol(), await district.enrol()]
  const dossierId = newId()
  await dead.exchange([dead.chain(receivedText(dead, { dossierId }))])
  const finished = dead.chain(finishedText(dead, dossierId, 2))
  const handedOver = dead.chain(handedOverText(dead, dossierId, 3))
  await other.exchange([other.chain(noteText(other, dossierId, 2))])
  const { verdicts } = await dead.exchange([finished, handedOver])
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['refused', 'parked'])
  return { dead, other, dossierId, handedOver, eventId: JSON.parse(String(handedOver.text)).id as string }
}

test('a hand-over that waited when its desk died is there an hour after the desk was replaced, with its findings', async () => {
  const district = await cluster.district()
  const { dead, other, dossierId, eventId } = await handedOverAndDead(district)
  const spare = await replace(district, dead)
  expect(await openIncidents(district, dead)).toEqual([{ code: 'event/left-parked', subject: eventId }])
  // Its backup has an hour to bring what the dead desk decided again.
  expect((await historyOf(other, dossierId)).map(({ event }) => event.type)).not.toContain('deliverable-handed-over')
  const later = await cluster.restart(district, { clock: clockWithOffset(2 * hourMs) })
  const reader = await later.enrol()
  const last = (await historyOf(reader, dossierId)).at(-1)
  expect(last).toMatchObject({
    event: { type: 'deliverable-handed-over', deskId: dead.deskId },
    findings: [{ code: 'finding/refused-by-rule' }],
  })
  expect(await openIncidents(later, dead)).toEqual([])
  expect(spare.deskId).not.toBe(dead.deskId)
})

test('what waits for another desk goes on waiting, is named, and follows when its predecessor comes', async () => {
  const district = await cluster.district()
  const [dead, other] = [await district.enrol(), await district.enrol()]
  const dossierId = newId()
  await dead.exchange([dead.chain(receivedText(dead, { dossierId }))])
  const note = noteText(dead, dossierId, 3)
  await dead.exchange([dead.chain(note)])
  const missing = other.chain(noteText(other, dossierId, 2))
  await replace(district, dead)
  const later = await cluster.restart(district, { clock: clockWithOffset(2 * hourMs) })
  expect(await openIncidents(later, dead)).toEqual([{ code: 'event/left-parked', subject: JSON.parse(note).id }])
  const reader = await later.enrol()
  Object.assign(other, { url: later.url, offsetMs: reader.offsetMs })
  await other.exchange([missing])
  const atLast = await cluster.restart(later, { clock: clockWithOffset(2 * hourMs) })
  Object.assign(reader, { url: atLast.url })
  expect((await historyOf(reader, dossierId)).map(({ event }) => event.seq)).toEqual([1, 2, 3])
  expect(await openIncidents(atLast, dead)).toEqual([])
})

test('a living desk decides itself: what it offers again is judged once, and nothing of it is left waiting', async () => {
  const district = await cluster.district()
  const { dead: living, dossierId, handedOver } = await handedOverAndDead(district)
  const later = await cluster.restart(district, { clock: clockWithOffset(2 * hourMs) })
  const reader = await later.enrol()
  expect((await historyOf(reader, dossierId)).map(({ event }) => event.type)).not.toContain('deliverable-handed-over')
  Object.assign(living, { url: later.url, offsetMs: reader.offsetMs })
  expect((await living.exchange([handedOver])).verdicts).toMatchObject([{ verdict: 'accepted' }])
  const again = await cluster.restart(later, { clock: clockWithOffset(2 * hourMs) })
  const { rowCount } = await again.district.store.allUnits.query('select from parked_event')
  expect(rowCount).toBe(0)
  Object.assign(reader, { url: again.url })
  const types = (await historyOf(reader, dossierId)).map(({ event }) => event.type)
  expect(types.filter((type) => type === 'deliverable-handed-over')).toHaveLength(1)
})
