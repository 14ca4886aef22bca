import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync } from 'node:zlib'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { exchangePath } from '../../shared/wire/hint.ts'
import { returnedPath } from '../../shared/wire/returned.ts'
import type { DeskClient, SignedRequest } from '../harness/desk-client.ts'
import { eventText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
let desk: DeskClient
let release: () => void = () => undefined
beforeAll(async () => {
  district = await cluster.district()
  desk = await district.enrol()
})
afterEach(async () => {
  release()
  // The line of those who wait goes on by itself.
  while (district.district.taking.isBusy()) await wait(1)
})

/** So much heavy work that what comes next is to be turned away. */
function fillGate(): void {
  const { taking } = district.district
  const done = new Promise<void>((resolve) => {
    release = resolve
  })
  while (!taking.isFull()) void taking.enter(() => done)
}

/** A page of one event with a long body: large as sent, or only when unpacked. */
async function largePage(pack: boolean): Promise<SignedRequest> {
  const page = desk.exchangeRequest([desk.chain(eventText(desk, { type: 'x', body: { text: 'a'.repeat(150_000) } }))])
  const plain = Buffer.from(JSON.stringify(page))
  const body = pack ? brotliCompressSync(plain) : plain
  const headers = { 'content-type': 'application/json', ...(pack ? { 'content-encoding': 'br' } : {}) }
  return desk.sign('POST', exchangePath, body, headers)
}

const overloaded = { status: 503, body: { code: 'district/overloaded' } }

test('while too many wait, what is given back is turned away like any large page; a small exchange is answered', async () => {
  fillGate()
  const headers = { 'content-type': 'application/json' }
  const returned = await desk.sign('POST', returnedPath, Buffer.from(' '.repeat(9000)), headers)
  expect(await desk.send(returned)).toMatchObject(overloaded)
  expect(await desk.send(await largePage(false))).toMatchObject(overloaded)
  expect((await desk.post(desk.exchangeRequest())).status).toBe(200)
})

test('a small body that unpacks to a large one waits like a large one', async () => {
  const packed = await largePage(true)
  expect(packed.body.byteLength).toBeLessThan(8 * 1024)
  fillGate()
  expect(await desk.send(packed)).toMatchObject(overloaded)
  release()
  expect((await desk.send(await largePage(true))).status).toBe(200)
})

test('a large body that was still coming when the district filled up is turned away when it is there', async () => {
  const { method, path, headers, body } = await largePage(false)
  const { hostname, port } = new URL(district.url)
  const request = http.request({ hostname, port, method, path, headers: { ...headers, 'content-length': body.length } })
  // Its head is read, and its signature checked, once the nonce is noted.
  const nonces = async () =>
    (await district.district.store.allUnits.query('select 1 from request_nonce')).rowCount as number
  const before = await nonces()
  request.write(body.subarray(0, 1000))
  while ((await nonces()) === before) await wait(5)
  fillGate()
  const answered = once(request, 'response')
  request.end(body.subarray(1000))
  const [response] = (await answered) as [http.IncomingMessage]
  expect(response.statusCode).toBe(503)
  response.resume()
})

test('slow uploads fill the district only so far: who comes then is told to come later, until they are gone', async () => {
  const place = await cluster.district()
  const visitor = await place.enrol()
  const { hostname, port } = new URL(place.url)
  const bytes = 8 * 1024 * 1024
  const begin = async () => {
    const { method, path, headers } = await visitor.sign('POST', exchangePath, Buffer.from(randomUUID()))
    const request = http.request({ hostname, port, method, path, headers: { ...headers, 'content-length': bytes } })
    request.on('error', () => undefined)
    request.write('{')
    return request
  }
  const nonces = async () => (await place.district.store.allUnits.query('select 1 from request_nonce')).rowCount
  const slow = await Promise.all(Array.from({ length: 32 }, begin))
  while ((await nonces()) !== 32) await wait(5)
  const tooMany = await begin()
  const [response] = (await once(tooMany, 'response')) as [http.IncomingMessage]
  expect(response.statusCode).toBe(503)
  expect((await visitor.post(visitor.exchangeRequest())).status).toBe(200)
  for (const request of [...slow, tooMany]) request.destroy()
  const body = Buffer.alloc(100_000, ' ')
  const again = async () => (await visitor.send(await visitor.sign('POST', exchangePath, body))).status
  while ((await again()) === 503) await wait(5)
  expect(await again()).toBe(400)
})
