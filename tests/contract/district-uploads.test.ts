import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { uploadPath } from '../../shared/wire/attachment.ts'
import type { DeskClient } from '../harness/desk-client.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()

const scan = Buffer.concat([Buffer.from('%PDF-1.4 '), randomBytes(100_000)])
const hash = createHash('sha256').update(scan).digest('hex')

async function openDistrict(): Promise<TestDistrict> {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  return district
}

const tus = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' }

/** Begins an upload of the scan with the first `body` bytes of it. */
async function begin(desk: DeskClient, body: Buffer, name = hash): Promise<Response> {
  const metadata = `sha256 ${Buffer.from(name).toString('base64')}`
  const headers = { ...tus, 'upload-length': String(scan.byteLength), 'upload-metadata': metadata }
  return desk.fetch(await desk.sign('POST', uploadPath, body, headers))
}

async function goOn(desk: DeskClient, offset: number, body: Buffer): Promise<Response> {
  const headers = { ...tus, 'upload-offset': String(offset) }
  return desk.fetch(await desk.sign('PATCH', `${uploadPath}/${hash}`, body, headers))
}

test('an upload goes on where it broke off, and is held once it is whole', async () => {
  const desk = await (await openDistrict()).enrol()
  expect((await begin(desk, scan.subarray(0, 40_000))).status).toBe(201)
  const asked = await desk.attachment('HEAD', hash)
  expect([asked.status, asked.headers.get('upload-offset')]).toEqual([404, '40000'])
  expect((await goOn(desk, 30_000, scan.subarray(30_000))).status).toBe(409)
  expect((await goOn(desk, 40_000, scan.subarray(40_000))).status).toBe(204)
  expect((await desk.attachment('HEAD', hash)).status).toBe(204)
  const read = await desk.attachment('GET', hash)
  expect(Buffer.from(await read.arrayBuffer()).equals(scan)).toBe(true)
})

test('an upload that is not what its name says is refused and forgotten, and the right one comes through after it', async () => {
  const desk = await (await openDistrict()).enrol()
  const other = Buffer.concat([Buffer.from('%PDF-1.4 '), randomBytes(100_000)])
  expect((await begin(desk, other)).status).toBe(422)
  const asked = await desk.attachment('HEAD', hash)
  expect([asked.status, asked.headers.get('upload-offset')]).toEqual([404, null])
  expect((await begin(desk, scan)).status).toBe(201)
  expect((await desk.attachment('HEAD', hash)).status).toBe(204)
})

test('a scan of which every byte came, and that could not be put away, is not said to be held before it is', async () => {
  const district = await openDistrict()
  const desk = await district.enrol()
  const shelf = path.join(district.district.dataFolder, 'attachments', desk.unitId)
  fs.mkdirSync(path.dirname(shelf), { recursive: true })
  fs.writeFileSync(shelf, 'no room here')
  const failed = await begin(desk, scan)
  expect(failed.status).toBe(500)
  expect(await failed.text()).not.toContain(shelf)
  // Whoever goes on with it by tus takes a whole upload for a held scan.
  const goesOn = await desk.fetch(await desk.sign('HEAD', `${uploadPath}/${hash}`, Buffer.alloc(0), tus))
  expect(goesOn.status).toBe(500)
  fs.rmSync(shelf)
  expect((await desk.attachment('HEAD', hash)).status).toBe(204)
  const read = await desk.attachment('GET', hash)
  expect(Buffer.from(await read.arrayBuffer()).equals(scan)).toBe(true)
})

test('what is no scan, has no proper name, or is too large is refused', async () => {
  const desk = await (await openDistrict()).enrol()
  const text = Buffer.alloc(scan.byteLength, 'x')
  const textHash = createHash('sha256').update(text).digest('hex')
  expect((await begin(desk, text, textHash)).status).toBe(422)
  expect((await begin(desk, scan, '../../etc/passwd')).status).toBe(400)
  const headers = {
    ...tus,
    'upload-length': String(1024 ** 3),
    'upload-metadata': `sha256 ${Buffer.from(hash).toString('base64')}`,
  }
  expect((await desk.fetch(await desk.sign('POST', uploadPath, scan, headers))).status).toBe(413)
})

test('an upload is nobody else’s: not of another desk, not of a stranger', async () => {
  const district = await openDistrict()
  const desk = await district.enrol()
  await begin(desk, scan.subarray(0, 40_000))
  const neighbour = await district.enrol()
  expect((await goOn(neighbour, 40_000, scan.subarray(40_000))).status).toBe(404)
  expect((await neighbour.attachment('HEAD', hash)).headers.get('upload-offset')).toBeNull()
  const unsigned = await fetch(`${district.url}${uploadPath}/${hash}`, {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': '40000' },
    body: new Uint8Array(scan.subarray(40_000)),
  })
  expect(unsigned.status).toBe(401)
  expect((await desk.attachment('HEAD', hash)).headers.get('upload-offset')).toBe('40000')
})
