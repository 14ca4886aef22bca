import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { courierPath, maxCourierPartBytes } from '../../shared/wire/courier.ts'
import { openCourierDesk, receive, scanOf, streamOf, writeTo } from '../harness/courier-desks.ts'
import { answerOf, type DeskClient } from '../harness/desk-client.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
beforeAll(async () => {
  district = await cluster.district()
})

async function send(desk: DeskClient, method: string, path: string, body: Uint8Array = new Uint8Array(0)) {
  const type = method === 'POST' ? 'application/json' : 'application/octet-stream'
  return desk.fetch(await desk.sign(method, path, body, { 'content-type': type }))
}

async function take(desk: DeskClient, fileId: string): Promise<Response> {
  return send(desk, 'POST', courierPath, Buffer.from(JSON.stringify({ fileId })))
}

/** A file of a real desk, and its id. */
async function writtenFile(): Promise<{ fileId: string; bytes: Buffer }> {
  const { desk } = await openCourierDesk(district, 'Quầy 1')
  await receive(desk, [scanOf(60_000, 3)])
  const bytes = await readFile(await writeTo(desk, tempFolder()))
  return { fileId: desk.courier.view().written[0]?.fileId ?? '', bytes }
}

test('parts join on where they belong: sent twice, or out of turn, they change nothing and the answer says what is held', async () => {
  const carrier = await district.enrol()
  const { fileId, bytes } = await writtenFile()
  const path = `${courierPath}/${fileId}`
  const held = async (response: Promise<Response>) => (await answerOf(await response)).body
  const [first, rest] = [bytes.subarray(0, 30_000), bytes.subarray(30_000)]
  expect(await held(send(carrier, 'GET', path))).toEqual({ held: 0 })
  expect(await held(send(carrier, 'PUT', `${path}/30000`, rest))).toEqual({ held: 0 })
  expect(await held(send(carrier, 'PUT', `${path}/0`, first))).toEqual({ held: 30_000 })
  expect(await held(send(carrier, 'PUT', `${path}/0`, first))).toEqual({ held: 30_000 })
  expect(await answerOf(await take(carrier, fileId))).toMatchObject({ status: 422, body: { code: 'courier/cut' } })
  expect(await held(send(carrier, 'GET', path))).toEqual({ held: 0 })
  await send(carrier, 'PUT', `${path}/0`, first)
  const both = await Promise.all([1, 2].map(() => held(send(carrier, 'PUT', `${path}/30000`, rest))))
  expect(both).toEqual([{ held: bytes.byteLength }, { held: bytes.byteLength }])
  const receipt = await take(carrier, fileId)
  expect(receipt.status).toBe(200)
  expect(Buffer.from(await receipt.arrayBuffer()).toString('utf8', 0, 15)).toBe('MOT-CUA COURIER')
  expect(await streamOf(district)).toHaveLength(1)
  expect((await take(carrier, fileId)).status).toBe(200)
  expect(await streamOf(district)).toHaveLength(1)
})

test('a desk of another unit brings nothing in, whatever it carries', async () => {
  const stranger = await district.enrol('minh-thuan')
  const { fileId, bytes } = await writtenFile()
  const before = await streamOf(district)
  await send(stranger, 'PUT', `${courierPath}/${fileId}/0`, bytes)
  expect(await answerOf(await take(stranger, fileId))).toMatchObject({
    status: 422,
    body: { code: 'courier/unknown-author' },
  })
  expect(await streamOf(district)).toEqual(before)
})

test('unsigned, unknown, too large and misnamed requests are refused with a code', async () => {
  const carrier = await district.enrol()
  const fileId = randomUUID()
  const codeOf = async (response: Promise<Response>) => (await answerOf(await response)).body
  expect(await codeOf(take(carrier, fileId))).toMatchObject({ code: 'request/not-found' })
  expect(await codeOf(fetch(`${district.url}${courierPath}/${fileId}`))).toMatchObject({ code: 'request/unsigned' })
  for (const path of [`${courierPath}/..%2f..%2fkey`, `${courierPath}/x/0`, `${courierPath}/${fileId}/-1`]) {
    const method = path.endsWith('key') ? 'GET' : 'PUT'
    expect(await codeOf(send(carrier, method, path, Buffer.alloc(0)))).toMatchObject({ code: 'request/malformed' })
  }
  const large = Buffer.alloc(maxCourierPartBytes + 1)
  expect(await codeOf(send(carrier, 'PUT', `${courierPath}/${fileId}/0`, large))).toMatchObject({
    code: 'request/too-large',
  })
  expect(await codeOf(send(carrier, 'GET', `${courierPath}/${fileId}`))).toEqual({ held: 0 })
})
