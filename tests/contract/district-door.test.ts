import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { healthPath, hintsPath } from '../../shared/wire/hint.ts'
import { clockWindowSeconds } from '../../shared/wire/signed-request.ts'
import { answerOf, DeskClient, type SignedRequest } from '../harness/desk-client.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
let desk: DeskClient
beforeAll(async () => {
  district = await cluster.district()
  desk = await district.enrol()
})

const signed = async (signing = {}): Promise<SignedRequest> => {
  const body = Buffer.from(JSON.stringify(desk.exchangeRequest()))
  return desk.sign('POST', '/v1/exchange', body, { 'content-type': 'application/json' }, signing)
}
const eventCount = async () => (await district.district.store.allUnits.query('select 1 from event')).rowCount

test('a well signed request is answered', async () => {
  expect(await desk.send(await signed())).toMatchObject({ status: 200 })
})

test('a request signed for the edges of the clock window is answered, beyond them it is expired', async () => {
  const edge = (clockWindowSeconds - 5) * 1000
  const beyond = (clockWindowSeconds + 5) * 1000
  for (const shift of [edge, -edge]) {
    expect(await desk.send(await signed({ createdMs: Date.now() + shift }))).toMatchObject({ status: 200 })
  }
  for (const shift of [beyond, -beyond]) {
    const answer = await desk.send(await signed({ createdMs: Date.now() + shift }))
    expect(answer).toMatchObject({ status: 401, body: { code: 'request/expired', time: expect.any(String) } })
  }
})

test('the same request twice is a replay', async () => {
  const request = await signed()
  expect(await desk.send(request)).toMatchObject({ status: 200 })
  expect(await desk.send(request)).toMatchObject({ status: 401, body: { code: 'request/replayed' } })
})

test('a replay is noticed by a district that was restarted in between', async () => {
  const before = await cluster.district()
  const visitor = await before.enrol()
  const body = Buffer.from(JSON.stringify(visitor.exchangeRequest()))
  const request = await visitor.sign('POST', '/v1/exchange', body, { 'content-type': 'application/json' })
  expect(await visitor.send(request)).toMatchObject({ status: 200 })
  const after = await cluster.restart(before)
  const { method, headers } = request
  const answer = await answerOf(await fetch(after.url + request.path, { method, headers, body }))
  expect(answer).toMatchObject({ status: 401, body: { code: 'request/replayed' } })
})

test('health is answered without a signature', async () => {
  expect(await answerOf(await fetch(district.url + healthPath))).toMatchObject({ status: 200, body: { status: 'ok' } })
})

test.each<[string, string, (request: SignedRequest) => SignedRequest]>([
  [
    'a changed body',
    'request/bad-signature',
    (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
  ],
  ['a changed path', 'request/bad-signature', (request) => ({ ...request, path: hintsPath, method: 'GET' })],
  ['an added query', 'request/malformed', (request) => ({ ...request, path: `${request.path}?unit=tan-khanh` })],
  [
    'another digest',
    'request/bad-signature',
    (request) => withHeader(request, 'content-digest', `sha-256=:${'A'.repeat(43)}=:`),
  ],
  ['no digest', 'request/bad-signature', (request) => withHeader(request, 'content-digest', undefined)],
  ['no signature', 'request/unsigned', (request) => withHeader(request, 'Signature', undefined)],
  ['a broken signature', 'request/bad-signature', (request) => withHeader(request, 'Signature', 'desk=:AAAA:')],
  ['nonsense for a signature', 'request/bad-signature', (request) => withHeader(request, 'Signature', '((((')],
])('%s is refused', async (_name, code, change) => {
  const before = await eventCount()
  const answer = await desk.send(change(await signed()))
  expect(answer.body).toMatchObject({ code })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(await eventCount()).toBe(before)
})

test.each([
  ['fewer fields', { fields: ['@method', '@path'] }, 'request/bad-signature'],
  ['another order of fields', { fields: ['@path', '@method', 'content-digest'] }, 'request/bad-signature'],
  ['another label', { label: 'sig' }, 'request/bad-signature'],
  ['an unknown desk', { keyId: randomUUID() }, 'desk/unknown'],
  ['a key id that is no id', { keyId: "' or 1=1 --" }, 'desk/unknown'],
  ['a short nonce', { nonce: 'abc' }, 'request/bad-signature'],
])('a signature with %s is refused', async (_name, signing, code) => {
  expect(await desk.send(await signed(signing))).toMatchObject({ status: 401, body: { code } })
})

test('the key of another desk does not open this one', async () => {
  const other = await district.enrol()
  const posing = new DeskClient(district.url, desk.enrolment, other.privateKey)
  const answer = await posing.post(posing.exchangeRequest())
  expect(answer).toMatchObject({ status: 401, body: { code: 'request/bad-signature' } })
})

test('two signatures at once are refused, whichever is the right one', async () => {
  const [one, two] = [await signed(), await signed({ label: 'other' })]
  for (const [first, second] of [
    [one, two],
    [two, one],
  ]) {
    if (!first || !second) continue
    const both = { ...first.headers }
    for (const name of ['Signature', 'Signature-Input']) both[name] = `${first.headers[name]}, ${second.headers[name]}`
    expect(await desk.send({ ...first, headers: both })).toMatchObject({ body: { code: 'request/bad-signature' } })
  }
})

test('a retired desk is refused by name of that reason, and what it pushed is not stored', async () => {
  const retired = await district.enrol()
  await district.district.store.allUnits.query('update desk set retired_at = now() where desk_id = $1', [
    retired.deskId,
  ])
  const before = await eventCount()
  const answer = await retired.post(retired.exchangeRequest([retired.chain(receivedText(retired))]))
  expect(answer).toMatchObject({ status: 403, body: { code: 'desk/retired' } })
  expect(await eventCount()).toBe(before)
})

test('the status page opens on this machine or with the token, and to nobody else', async () => {
  const page = await fetch(`${district.url}/`)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await page.text()).toContain('Thị trấn Gôi')
  const proxied = { 'x-forwarded-for': '203.0.113.7' }
  expect((await fetch(`${district.url}/`, { headers: proxied })).status).toBe(404)
  const bearer = (token: string) => ({ ...proxied, authorization: `Bearer ${token}` })
  expect((await fetch(`${district.url}/`, { headers: bearer(district.district.adminToken) })).status).toBe(200)
  expect((await fetch(`${district.url}/`, { headers: bearer('wrong') })).status).toBe(404)
})

test('a desk may only be a desk: the key of a stranger signs nothing', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const stranger = new DeskClient(
    district.url,
    { ...desk.enrolment, deskId: randomUUID() as typeof desk.deskId },
    privateKey,
  )
  expect(await stranger.post(stranger.exchangeRequest())).toMatchObject({ status: 401, body: { code: 'desk/unknown' } })
})

function withHeader(request: SignedRequest, name: string, value: string | undefined): SignedRequest {
  const { [name]: _old, ...headers } = request.headers
  return { ...request, headers: value === undefined ? headers : { ...headers, [name]: value } }
}
