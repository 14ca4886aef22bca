import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clockWithOffset } from '../../district/clock.ts'
import { enrolmentReplySchema } from '../../shared/wire/enrolment.ts'
import { enrolmentPath } from '../../shared/wire/hint.ts'
import { enrolDesk, postJson } from '../harness/desk-client.ts'
import { receivedText } from '../harness/desk-events.ts'
import { TestCluster } from '../harness/test-district.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await TestCluster.start()
}, 120_000)
afterAll(() => cluster?.stop())

function newPublicKey(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  return Buffer.from(x ?? '', 'base64url').toString('base64')
}

const request = (code: string, publicKey = newPublicKey()) => ({ protocol: 1, code, deskName: 'Quầy 1', publicKey })

test('a code, however it is typed, makes one desk with all it needs to work without a line', async () => {
  const district = await cluster.district()
  const code = await district.code('goi')
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
  const answer = await postJson(district.url + enrolmentPath, request(` ${code.toLowerCase().replaceAll('-', ' ')} `))
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
  const publicKey = newPublicKey()
  const url = district.url + enrolmentPath
  const first = await postJson(url, request(code, publicKey))
  const again = await postJson(url, request(code, publicKey))
  expect(again.status).toBe(201)
  const ids = [first, again].map(({ body }) => enrolmentReplySchema.parse(body))
  expect(ids[1]?.deskId).toBe(ids[0]?.deskId)
  expect(ids[1]?.lane).toEqual(ids[0]?.lane)
  expect(await postJson(url, request(code))).toMatchObject({ status: 403, body: { code: 'enrolment/used-code' } })
})

test('one code used by many at once makes one desk', async () => {
  const district = await cluster.district()
  const code = await district.code()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => postJson(district.url + enrolmentPath, request(code))),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect((await district.district.store.query('select 1 from desk')).rowCount).toBe(1)
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

test('the code itself is nowhere in the database', async () => {
  const district = await cluster.district()
  const code = await district.code()
  const { rows } = await district.district.store.query<{ row: string }>('select c::text as row from enrolment_code c')
  expect(rows).toHaveLength(1)
  expect(rows[0]?.row).not.toContain(code)
  expect(rows[0]?.row).not.toContain(code.replaceAll('-', ''))
})

test('lanes are counted by unit and never given twice, also after a desk is gone', async () => {
  const district = await cluster.district()
  const enrolled = [await district.enrol('goi'), await district.enrol('goi'), await district.enrol('tam-thanh')]
  await district.district.store.query('update desk set retired_at = now()')
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
  const { x } = createPublicKey(desk.privateKey).export({ format: 'jwk' })
  const publicKey = Buffer.from(x ?? '', 'base64url').toString('base64')
  const url = restored.url + enrolmentPath
  const code = await restored.code('goi')
  const answer = await postJson(url, { ...request(code, publicKey), deskId: desk.deskId })
  expect(answer.status).toBe(201)
  const reply = enrolmentReplySchema.parse(answer.body)
  expect(reply).toMatchObject({ deskId: desk.deskId, lane: { id: 2 } })
  Object.assign(desk, { url: restored.url })
  expect((await desk.exchange([own])).verdicts[0]).toMatchObject({ verdict: 'accepted' })
  const again = await postJson(url, { ...request(await restored.code('goi'), publicKey), deskId: desk.deskId })
  expect(again).toMatchObject({ status: 201, body: { deskId: desk.deskId, lane: { id: 2 } } })
  expect((await restored.district.store.query('select 1 from desk')).rowCount).toBe(2)
})

test('nobody takes the place of a known desk: another key, another unit and a retired desk are refused', async () => {
  const district = await cluster.district()
  const publicKey = newPublicKey()
  const url = district.url + enrolmentPath
  const first = await postJson(url, request(await district.code('goi'), publicKey))
  const { deskId } = enrolmentReplySchema.parse(first.body)
  const refused = { status: 403, body: { code: 'enrolment/bad-code' } }
  expect(await postJson(url, { ...request(await district.code('goi')), deskId })).toMatchObject(refused)
  const elsewhere = { ...request(await district.code('tam-thanh'), publicKey), deskId }
  expect(await postJson(url, elsewhere)).toMatchObject(refused)
  await district.district.store.query('update desk set retired_at = now()')
  expect(await postJson(url, { ...request(await district.code('goi'), publicKey), deskId })).toMatchObject(refused)
  expect((await district.district.store.query('select 1 from desk')).rowCount).toBe(1)
})
