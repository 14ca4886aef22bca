import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, expect, test } from 'vitest'
import { findAttachment, writeAttachment } from '../../district/attachments/attachment-store.ts'
import { readBackup } from '../../district/backup/read-backup.ts'
import { writeBackup } from '../../district/backup/write-backup.ts'
import { buildServer } from '../../district/http/server.ts'
import { openLog } from '../../district/log.ts'
import { maxAttachmentBytes } from '../../shared/wire/attachment.ts'
import { answerOf, type DeskClient } from '../harness/desk-client.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
let desk: DeskClient
beforeAll(async () => {
  district = await cluster.district()
  desk = await district.enrol()
})

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)])
const filesHeld = () =>
  fs
    .readdirSync(path.join(district.district.dataFolder, 'attachments'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

test('a scan is asked for, put, held and read back byte for byte; putting it again changes nothing', async () => {
  const bytes = pdf(300_000)
  const hash = hashOf(bytes)
  expect((await desk.attachment('HEAD', hash)).status).toBe(404)
  expect((await desk.attachment('PUT', hash, bytes)).status).toBe(201)
  expect((await desk.attachment('HEAD', hash)).status).toBe(204)
  expect((await desk.attachment('PUT', hash, bytes)).status).toBe(201)
  const read = await desk.attachment('GET', hash)
  expect(read.headers.get('content-type')).toBe('application/pdf')
  expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true)
  expect(filesHeld().filter((name) => name === hash)).toHaveLength(1)
  const { rowCount } = await district.district.store.allUnits.query('select 1 from attachment where sha256 = $1', [
    hash,
  ])
  expect(rowCount).toBe(1)
})

test('another desk of the unit reads it, a desk of another unit cannot even learn that it exists', async () => {
  const bytes = pdf(2000)
  const hash = hashOf(bytes)
  await desk.attachment('PUT', hash, bytes)
  const [colleague, stranger] = [await district.enrol(), await district.enrol('tan-khanh')]
  expect((await colleague.attachment('GET', hash)).status).toBe(200)
  expect((await stranger.attachment('HEAD', hash)).status).toBe(404)
  expect((await stranger.attachment('GET', hash)).status).toBe(404)
})

test('bytes under a name that is not their hash are refused and nothing of them stays', async () => {
  const before = filesHeld()
  const bytes = pdf(5000)
  const answer = await answerOf(await desk.attachment('PUT', hashOf(pdf(10)), bytes))
  expect(answer).toMatchObject({ status: 422, body: { code: 'attachment/wrong-hash' } })
  const request = await desk.sign('PUT', `/v1/attachments/${hashOf(bytes)}`, bytes, {
    'content-type': 'application/pdf',
  })
  const swapped = await desk.send({ ...request, body: pdf(5000) })
  expect(swapped).toMatchObject({ status: 422, body: { code: 'attachment/wrong-hash' } })
  expect(filesHeld()).toEqual(before)
})

test.each([
  ['a program', Buffer.from('MZ\u0090\u0000 and more of it')],
  ['a web page', Buffer.from('<!doctype html><script>1</script>')],
  ['three bytes', Buffer.from('%PD')],
  ['nothing', Buffer.alloc(0)],
])('%s is no scan, whatever it is called', async (_name, bytes) => {
  const before = filesHeld()
  const answer = await answerOf(await desk.attachment('PUT', hashOf(bytes), bytes))
  expect(answer).toMatchObject({ status: 422, body: { code: 'attachment/wrong-type' } })
  expect(filesHeld()).toEqual(before)
})

test('pictures are scans too', async () => {
  for (const [start, type] of [
    [[0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
    [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'image/png'],
  ] as const) {
    const bytes = Buffer.concat([Buffer.from(start), randomBytes(100)])
    expect((await desk.attachment('PUT', hashOf(bytes), bytes)).status).toBe(201)
    expect((await desk.attachment('GET', hashOf(bytes))).headers.get('content-type')).toBe(type)
  }
})

test('the largest scan fits, one byte more does not', async () => {
  const largest = pdf(maxAttachmentBytes)
  expect((await desk.attachment('PUT', hashOf(largest), largest)).status).toBe(201)
  const before = filesHeld()
  const larger = pdf(maxAttachmentBytes + 1)
  const answer = await answerOf(await desk.attachment('PUT', hashOf(larger), larger))
  expect(answer).toMatchObject({ status: 413, body: { code: 'request/too-large' } })
  expect(filesHeld()).toEqual(before)
})

test('a line that breaks in the middle leaves nothing, and the scan can be put afterwards', async () => {
  const bytes = pdf(500_000)
  const hash = hashOf(bytes)
  const before = filesHeld()
  const request = await desk.sign('PUT', `/v1/attachments/${hash}`, bytes, { 'content-type': 'application/pdf' })
  await new Promise<void>((resolve) => {
    const target = new URL(district.url)
    const upload = http.request({
      host: target.hostname,
      port: target.port,
      method: 'PUT',
      path: request.path,
      headers: { ...request.headers, 'content-length': bytes.length },
    })
    upload.once('error', () => resolve())
    upload.write(bytes.subarray(0, 200_000), () => setTimeout(() => upload.destroy(new Error('cut')), 100))
  })
  await expect.poll(filesHeld, { timeout: 5000 }).toEqual(before)
  expect((await desk.attachment('HEAD', hash)).status).toBe(404)
  expect((await desk.attachment('PUT', hash, bytes)).status).toBe(201)
})

test('a name that is no hash is refused before anything is opened', async () => {
  for (const name of ['..%2f..%2fadmin-token', 'A'.repeat(64), 'abc', `${'a'.repeat(64)}.pdf`]) {
    const answer = await answerOf(await desk.attachment('GET', name))
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/malformed', detail: 'sha256' } })
  }
})

test('a scan whose row was lost in a crash gets it when the desk asks, and is in the backup either way', async () => {
  const fresh = await cluster.district()
  const [one, noted] = [await fresh.enrol(), await fresh.enrol()]
  const { dataFolder } = fresh.district
  const store = fresh.district.store.allUnits
  const [bytes, other] = [pdf(900), pdf(800)]
  for (const scan of [bytes, other]) await writeAttachment(dataFolder, 'goi', hashOf(scan), Readable.from([scan]))
  expect((await noted.attachment('HEAD', hashOf(bytes))).status).toBe(204)
  const { rows } = await store.query('select unit_id, sha256, bytes, desk_id from attachment')
  expect(rows).toEqual([{ unit_id: 'goi', sha256: hashOf(bytes), bytes: 900, desk_id: noted.deskId }])
  await one.attachment('HEAD', hashOf(bytes))
  expect((await store.query('select 1 from attachment')).rowCount).toBe(1)
  await store.query(`insert into attachment values ('goi', $1, 1, 'image/png', 'x', now())`, ['0'.repeat(64)])
  const file = path.join(dataFolder, 'b.gz')
  const made = await writeBackup(store, { dataFolder, file, takenAt: '', scans: true })
  expect(made).toMatchObject({ scans: 2, missingScans: 1 })
  const spare = await cluster.district()
  expect(await readBackup(spare.district.store.allUnits, spare.district.dataFolder, file)).toMatchObject({ scans: 2 })
  expect(await findAttachment(spare.district.dataFolder, 'goi', hashOf(other))).toMatchObject({ bytes: 800 })
})

test('the server leaves bodies to their own limits and still cuts headers that never end', async () => {
  const server = await buildServer(district.district, openLog('silent'))
  expect(server.server).toMatchObject({ requestTimeout: 0, headersTimeout: 60_000 })
  await server.close()
})
