import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { clockWithOffset } from '../../district/clock.ts'
import { findDesk } from '../../district/store/desks.ts'
import { addEnrolmentCode } from '../../district/store/enrolment-codes.ts'
import type { UnitId } from '../../shared/core/ids.ts'
import { newBoxKey } from '../../shared/node/sealed-box.ts'
import {
  type EnrolmentRequest,
  enrolmentProofInput,
  enrolmentReplySchema,
  formatEnrolmentCode,
} from '../../shared/wire/enrolment.ts'
import { enrolmentPath } from '../../shared/wire/hint.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { enrolDesk, postJson } from '../harness/desk-client.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()

const newKey = () => generateKeyPairSync('ed25519').privateKey

function rawOf(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return Buffer.from(x ?? '', 'base64url').toString('base64')
}

const { publicKey: boxKey } = await newBoxKey()

/** Of a desk that can sign, with the key it names. */
function request(code: string, key = newKey(), former?: EnrolmentRequest['former']): EnrolmentRequest {
  const unsigned = {
    ...{ protocol: protocolVersion, code, deskName: 'Quầy 1', publicKey: rawOf(key), boxKey },
    ...(former ? { former } : {}),
  }
  return { ...unsigned, proof: sign(null, Buffer.from(enrolmentProofInput(unsigned)), key).toString('base64') }
}

/** Who only knows the public key. */
function unproved({ proof: _, ...asked }: EnrolmentRequest): EnrolmentRequest {
  return asked
}

test('a code, however it is typed, makes one desk with all it needs to work without a line', async () => {
  const district = await cluster.district()
  const code = await district.code('goi')
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{12}$/)
  const answer = await postJson(
    district.url + enrolmentPath,
    request(` ${formatEnrolmentCode(code, undefined).toLowerCase().replaceAll('-', ' ')} `),
  )
  expect(answer.status).toBe(201)
  const reply = enrolmentReplySchema.parse(answer.body)
  expect(reply).toEqual(answer.body)
  expect(reply).toMatchObject({
    deskName: 'Quầy 1',
    unit: { id: 'goi', name: 'Thị trấn Gôi' },
    lane: { id: 1, first: 1, last: 500, validUntil: `${new Date().getFullYear() + 1}-12-31` },
    districtName: 'Huyện Vụ Bản',
  })
  expect(reply.publications.staff.staff.map(({ id }) => id)).toContain('goi.hanh')
})

test('a code is good once; the same desk may repeat itself when the answer was lost', async () => {
  const district = await cluster.district()
  const code = await district.code()
  const key = newKey()
  const url = district.url + enrolmentPath
  const first = await postJson(url, request(code, key))
  const again = await postJson(url, request(code, key))
  expect(again.status).toBe(201)
  const ids = [first, again].map(({ body }) => enrolmentReplySchema.parse(body))
  expect(ids[1]?.deskId).toBe(ids[0]?.deskId)
  expect(ids[1]?.lane).toEqual(ids[0]?.lane)
  expect(await postJson(url, request(code))).toMatchObject({ status: 403, body: { code: 'enrolment/used-code' } })
})

test('who knows a used code and the public key, but cannot sign with it, is told nothing; nor is anyone once its time is over', async () => {
  const district = await cluster.district()
  const [code, key] = [await district.code('goi', 1), newKey()]
  const url = district.url + enrolmentPath
  const first = enrolmentReplySchema.parse((await postJson(url, request(code, key))).body)
  const refused = (refusal: string) => ({ status: 403, body: { code: refusal } })
  const posing = request(code, key)
  expect(await postJson(url, unproved(posing))).toMatchObject(refused('enrolment/used-code'))
  expect(await postJson(url, { ...posing, deskName: 'Quầy 2' })).toMatchObject(refused('enrolment/bad-code'))
  // The same for a desk the district knows: its public key alone opens no place.
  const former = { deskId: first.deskId, unitId: first.unit.id, lane: 1 }
  const comingBack = request(await district.code('goi'), key, former)
  expect(await postJson(url, unproved(comingBack))).toMatchObject(refused('enrolment/bad-code'))
  expect((await postJson(url, comingBack)).status).toBe(201)
  const later = await cluster.restart(district, { clock: clockWithOffset(3_600_000 + 1000) })
  const again = await postJson(later.url + enrolmentPath, posing)
  expect(again).toMatchObject(refused('enrolment/expired-code'))
})

test('one code used by many at once makes one desk', async () => {
  const district = await cluster.district()
  const code = await district.code()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => postJson(district.url + enrolmentPath, request(code))),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect((await district.district.store.allUnits.query('select 1 from desk')).rowCount).toBe(1)
})

test('a code ends with its time', async () => {
  const district = await cluster.district()
  const code = await district.code('goi', 1)
  const later = await cluster.restart(district, { clock: clockWithOffset(3_600_000 + 1000) })
  const answer = await postJson(later.url + enrolmentPath, request(code))
  expect(answer).toMatchObject({ status: 403, body: { code: 'enrolment/expired-code' } })
})

test('guessing is stopped, and a stopped guesser cannot use even a right code', async () => {
  const district = await cluster.district()
  const code = await district.code()
  const url = district.url + enrolmentPath
  for (let tries = 0; tries < 10; tries += 1) {
    const answer = await postJson(url, request(`ABCD-EFGH-${1000 + tries}`))
    expect(answer).toMatchObject({ status: 403, body: { code: 'enrolment/bad-code' } })
  }
  expect(await postJson(url, request(code))).toMatchObject({ status: 429, body: { code: 'enrolment/too-many-tries' } })
})

test('a hundred guesses side by side are ten guesses', async () => {
  const district = await cluster.district()
  const guesses = Array.from({ length: 100 }, (_, at) =>
    postJson(district.url + enrolmentPath, request(`ABCD-EFGH-${1000 + at}`)),
  )
  const codes = (await Promise.all(guesses)).map(({ body }) => (body as { code: string }).code)
  expect(codes.filter((code) => code === 'enrolment/bad-code')).toHaveLength(10)
  expect(codes.filter((code) => code === 'enrolment/too-many-tries')).toHaveLength(90)
})

test('a stranger’s packed request is not unpacked', async () => {
  const district = await cluster.district()
  const packed = brotliCompressSync(Buffer.from(JSON.stringify(request('ABCD-EFGH-JKLM'))))
  const headers = { 'content-type': 'application/json', 'content-encoding': 'br' }
  const answer = await fetch(district.url + enrolmentPath, { method: 'POST', headers, body: new Uint8Array(packed) })
  expect([answer.status, await answer.json()]).toMatchObject([400, { detail: 'content-encoding' }])
})

test('a desk already enrolled that takes a dead one’s place shuts it out, too', async () => {
  const district = await cluster.district()
  const [dead, key] = [await district.enrol('goi'), newKey()]
  const url = district.url + enrolmentPath
  const spare = enrolmentReplySchema.parse((await postJson(url, request(await district.code('goi'), key))).body)
  const { store, clock } = district.district
  const wish = { unitId: 'goi', deskName: '', hours: 1, replaces: dead.deskId }
  const former = { deskId: spare.deskId, unitId: 'goi' as UnitId, lane: spare.lane.id }
  const code = await addEnrolmentCode(store, wish, clock.now())
  expect((await postJson(url, request(code, key, former))).status).toBe(201)
  expect(await dead.post(dead.exchangeRequest())).toMatchObject({ status: 403, body: { code: 'desk/retired' } })
  expect(await findDesk(store.allUnits, spare.deskId)).toMatchObject({ replaces: dead.deskId, retired: false })
})

test('the code itself is nowhere in the database', async () => {
  const district = await cluster.district()
  const code = await district.code()
  const { rows } = await district.district.store.allUnits.query<{ row: string }>(
    'select c::text as row from enrolment_code c',
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.row).not.toContain(code)
})

test('lanes are counted by unit and never given twice, also after a desk is gone', async () => {
  const district = await cluster.district()
  const enrolled = [await district.enrol('goi'), await district.enrol('goi'), await district.enrol('tam-thanh')]
  await district.district.store.allUnits.query('update desk set retired_at = now()')
  enrolled.push(await enrolDesk(district.url, await district.code('goi')))
  expect(enrolled.map(({ enrolment }) => [enrolment.unit.id, enrolment.lane.id, enrolment.lane.first])).toEqual([
    ['goi', 1, 1],
    ['goi', 2, 501],
    ['tam-thanh', 1, 1],
    ['goi', 3, 1001],
  ])
})

test('a desk the district forgot comes back under its own id with a fresh lane, and goes on with its chain', async () => {
  const [before, restored] = [await cluster.district(), await cluster.district()]
  const desk = await before.enrol('goi')
  const own = desk.chain(receivedText(desk))
  await restored.enrol('goi')
  const key = desk.privateKey
  const url = restored.url + enrolmentPath
  const code = await restored.code('goi')
  const former = { deskId: desk.deskId, unitId: 'goi' as UnitId, lane: 1 }
  const answer = await postJson(url, request(code, key, former))
  expect(answer.status).toBe(201)
  const reply = enrolmentReplySchema.parse(answer.body)
  // Its own lane was 1; neighbours it never heard of may hold the next twenty.
  expect(reply).toMatchObject({ deskId: desk.deskId, lane: { id: 22 } })
  Object.assign(desk, { url: restored.url })
  expect((await desk.exchange([own])).verdicts[0]).toMatchObject({ verdict: 'accepted' })
  const again = await postJson(url, request(await restored.code('goi'), key, { ...former, lane: 22 }))
  expect(again).toMatchObject({ status: 201, body: { deskId: desk.deskId, lane: { id: 22 } } })
  // Known with another lane than it holds, as after a restore between two leases: neither is printed from again.
  const later = { ...former, lane: 40 }
  const third = await postJson(url, request(await restored.code('goi'), key, later))
  expect(third).toMatchObject({ status: 201, body: { deskId: desk.deskId, lane: { id: 61 } } })
  expect((await restored.district.store.allUnits.query('select 1 from desk')).rowCount).toBe(2)
})

test('nobody takes the place of a known desk: another key, another unit and a retired desk are refused', async () => {
  const district = await cluster.district()
  const key = newKey()
  const url = district.url + enrolmentPath
  const first = await postJson(url, request(await district.code('goi'), key))
  const { deskId } = enrolmentReplySchema.parse(first.body)
  const former = { deskId, unitId: 'goi' as UnitId, lane: 1 }
  const refused = (code: string) => ({ status: 403, body: { code } })
  expect(await postJson(url, request(await district.code('goi'), newKey(), former))).toMatchObject(
    refused('enrolment/bad-code'),
  )
  const elsewhere = request(await district.code('tam-thanh'), key, former)
  expect(await postJson(url, elsewhere)).toMatchObject(refused('enrolment/other-unit'))
  await district.district.store.allUnits.query('update desk set retired_at = now()')
  expect(await postJson(url, request(await district.code('goi'), key, former))).toMatchObject(refused('desk/retired'))
  expect((await district.district.store.allUnits.query('select 1 from desk')).rowCount).toBe(1)
})

test('a desk that lost its keys comes back under its id by a code that replaces this very desk, and prints from another lane', async () => {
  const district = await cluster.district()
  const [desk, neighbour] = [await district.enrol('goi'), await district.enrol('goi')]
  const unsent = desk.chain(receivedText(desk))
  const { store, clock } = district.district
  const codeFor = (replaces: string) =>
    addEnrolmentCode(store, { unitId: 'goi', deskName: '', hours: 1, replaces }, clock.now())
  const key = newKey()
  const former = { deskId: desk.deskId, unitId: 'goi' as UnitId, lane: 1 }
  const url = district.url + enrolmentPath
  const refused = { status: 403, body: { code: 'enrolment/bad-code' } }
  expect(await postJson(url, request(await codeFor(neighbour.deskId), key, former))).toMatchObject(refused)
  const asked = request(await codeFor(desk.deskId), key, former)
  expect(await postJson(url, unproved(asked))).toMatchObject(refused)
  const again = await postJson(url, asked)
  expect(enrolmentReplySchema.parse(again.body)).toMatchObject({ deskId: desk.deskId, lane: { id: 3 } })
  // Whoever holds the old key is a stranger from now on; what was not sent goes out under the new one.
  expect((await desk.post(desk.exchangeRequest([unsent]))).status).toBe(401)
  Object.assign(desk, { privateKey: key })
  expect((await desk.exchange([unsent])).verdicts[0]).toMatchObject({ verdict: 'accepted' })
  expect(await findDesk(store.allUnits, desk.deskId)).toMatchObject({ publicKey: rawOf(key), retired: false })
})

test('a letter box that is no point of its curve is refused before the code is touched', async () => {
  const district = await cluster.district()
  const code = await district.code()
  const noPoint = Buffer.alloc(65, 4).toString('base64')
  const refused = await postJson(district.url + enrolmentPath, { ...request(code), boxKey: noPoint })
  expect(refused).toMatchObject({ status: 400, body: { code: 'request/malformed', detail: 'boxKey' } })
  expect((await postJson(district.url + enrolmentPath, request(code))).status).toBe(201)
})

test('a code of another unit does not move a desk there, and is not used up by trying', async () => {
  const [before, after] = [await cluster.district(), await cluster.district()]
  const desk = await before.enrol('goi')
  const code = await after.code('tam-thanh')
  const former = { deskId: desk.deskId, unitId: 'goi' as UnitId, lane: 1 }
  const url = after.url + enrolmentPath
  const refused = { status: 403, body: { code: 'enrolment/other-unit' } }
  expect(await postJson(url, request(code, newKey(), former))).toMatchObject(refused)
  expect((await postJson(url, request(code))).status).toBe(201)
})

test('two desks of a replaced database come back without sharing a lane, whichever comes first', async () => {
  const [before, replaced] = [await cluster.district(), await cluster.district()]
  const [one, two] = [await before.enrol('goi'), await before.enrol('goi')]
  const fresh = await replaced.enrol('goi')
  const lanes = [two.enrolment.lane.id, fresh.enrolment.lane.id]
  for (const desk of [one, two]) {
    const key = desk.privateKey
    const former = { deskId: desk.deskId, unitId: 'goi' as UnitId, lane: desk.enrolment.lane.id }
    const answer = await postJson(replaced.url + enrolmentPath, request(await replaced.code('goi'), key, former))
    lanes.push(enrolmentReplySchema.parse(answer.body).lane.id)
  }
  lanes.push((await replaced.enrol('goi')).enrolment.lane.id)
  expect(lanes.slice(2)).toEqual([22, 23, 24])
})

test('a desk whose lane ends soon gets another by enrolling again, and keeps its name', async () => {
  const district = await cluster.district()
  const key = newKey()
  const url = district.url + enrolmentPath
  const first = enrolmentReplySchema.parse((await postJson(url, request(await district.code('goi'), key))).body)
  const late = clockWithOffset(Date.parse(`${first.lane.validUntil}T00:00:00+07:00`) - Date.now() - 86_400_000)
  const later = await cluster.restart(district, { clock: late })
  const former = { deskId: first.deskId, unitId: 'goi' as UnitId, lane: first.lane.id }
  const again = await postJson(later.url + enrolmentPath, request(await later.code('goi'), key, former))
  expect(enrolmentReplySchema.parse(again.body)).toMatchObject({ deskId: first.deskId, lane: { id: 2, first: 501 } })
})

test('a wrong code says nothing of desks and units', async () => {
  const district = await cluster.district()
  const desk = await district.enrol('goi')
  const former = { deskId: desk.deskId, unitId: 'tam-thanh' as UnitId, lane: 1 }
  await district.district.store.allUnits.query('update desk set retired_at = now()')
  const answer = await postJson(district.url + enrolmentPath, request('ABCD-EFGH-JKLM', newKey(), former))
  expect(answer).toMatchObject({ status: 403, body: { code: 'enrolment/bad-code' } })
})
