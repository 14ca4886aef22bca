import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { open, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { DeskId, UnitId } from '../../../../shared/core/ids.ts'
import {
  type CourierEntry,
  type CourierOutline,
  findBodyFault,
  readCourierEntries,
  readCourierHead,
  writeCourier,
} from '../../../../shared/node/courier-file.ts'
import { newBoxKey } from '../../../../shared/node/sealed-box.ts'
import { courierHeadBytes, courierPartBytes } from '../../../../shared/wire/courier.ts'
import { tempFolder } from '../../../harness/temp-folder.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const signText = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64')

function outline(): CourierOutline {
  return {
    kind: 'events',
    fileId: randomUUID(),
    unitId: 'goi' as UnitId,
    deskId: randomUUID() as DeskId,
    lane: 1,
    district: 'd'.repeat(64),
    createdAt: '2022-08-17T01:00:00.000Z',
  }
}

const opening: CourierEntry = {
  record: {
    record: 'opening',
    protocol: 1,
    cursor: { epoch: '', seq: 0 },
    holds: { catalogue: 1, calendar: 1, units: 1, staff: 1 },
  },
}

function scanEntry(bytes: number): CourierEntry {
  const content = Buffer.alloc(bytes, 0x41)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { record: { record: 'scan', sha256, bytes }, content }
}

async function* listed(entries: readonly CourierEntry[]): AsyncGenerator<CourierEntry> {
  yield* entries
}

async function writtenFile(entries: readonly CourierEntry[], publicKey: string) {
  const file = path.join(tempFolder(), 'tep.motcua')
  const handle = await open(file, 'w')
  const head = await writeCourier(handle, outline(), publicKey, listed(entries), signText)
  await handle.close()
  return { file, head }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** All that is read of a file: its head, what is wrong with its body, its records. */
async function readBack(file: string, key: string) {
  const handle = await open(file, 'r')
  try {
    const head = await readCourierHead(handle)
    if (!head.ok) return { fault: head.error, entries: [] }
    const fault = await findBodyFault(handle, head.value)
    const entries: CourierEntry[] = []
    for await (const entry of readCourierEntries(handle, head.value, key)) {
      if (!entry.ok) return { fault: fault ?? entry.error, entries }
      entries.push(entry.value)
    }
    return { fault, entries }
  } finally {
    await handle.close()
  }
}

test.each([0, 1, courierPartBytes - 1, courierPartBytes, courierPartBytes + 1, 5 * courierPartBytes])(
  'what is written is read back, with a scan of %i bytes at the seams of the parts',
  async (bytes) => {
    const key = await newBoxKey()
    const scans = bytes === 0 ? [] : [scanEntry(bytes), scanEntry(10)]
    const entries = [opening, ...scans, { record: { record: 'end' } } as const]
    const { file, head } = await writtenFile(entries, key.publicKey)
    expect(head.scans).toBe(scans.length)
    const read = await readBack(file, key.privateKey)
    expect(read.fault).toBeUndefined()
    expect(read.entries.map(({ record }) => record)).toEqual(entries.map(({ record }) => record))
    expect(read.entries.flatMap(({ content }) => (content ? hashOf(content) : []))).toEqual(
      scans.map(({ content }) => hashOf(content ?? Buffer.alloc(0))),
    )
  },
)

test('the head is text anyone can read, and nothing else is', async () => {
  const key = await newBoxKey()
  const { file } = await writtenFile([opening, { record: { record: 'end' } }], key.publicKey)
  const bytes = await readFile(file)
  const [magic, json] = bytes.subarray(0, courierHeadBytes).toString('utf8').trimEnd().split('\n')
  expect(magic).toBe('MOT-CUA COURIER 1')
  expect(Object.keys(JSON.parse(json ?? ''))).toEqual([
    'kind',
    'fileId',
    'unitId',
    'deskId',
    'lane',
    'district',
    'createdAt',
    'events',
    'scans',
    'bytes',
    'sha256',
    'signature',
  ])
  expect(bytes.includes(Buffer.from('opening'))).toBe(false)
})

test('another key opens nothing; a body put under another head opens nothing, though its hash is right', async () => {
  const [key, other] = [await newBoxKey(), await newBoxKey()]
  const entries = [opening, { record: { record: 'end' } } as const]
  const first = await writtenFile(entries, key.publicKey)
  expect(await readBack(first.file, other.privateKey)).toEqual({ fault: 'courier/changed', entries: [] })
  const second = await writtenFile(entries, key.publicKey)
  const body = (await readFile(first.file)).subarray(courierHeadBytes)
  const { bytes, sha256 } = first.head
  const head = `MOT-CUA COURIER 1\n${JSON.stringify({ ...second.head, bytes, sha256 })}`
  await writeFile(second.file, Buffer.concat([Buffer.from(`${head.padEnd(courierHeadBytes - 1)}\n`), body]))
  expect(await readBack(second.file, key.privateKey)).toEqual({ fault: 'courier/changed', entries: [] })
})

test('a newer version, another file and an unfinished one are told apart', async () => {
  const key = await newBoxKey()
  const { file } = await writtenFile([opening, { record: { record: 'end' } }], key.publicKey)
  const whole = await readFile(file)
  const faultOf = async (bytes: Uint8Array) => {
    await writeFile(file, bytes)
    return (await readBack(file, key.privateKey)).fault
  }
  const newer = Buffer.from(whole)
  newer.write('MOT-CUA COURIER 2')
  expect(await faultOf(newer)).toBe('courier/newer-version')
  expect(await faultOf(Buffer.from('%PDF-1.7'))).toBe('courier/not-courier')
  expect(await faultOf(Buffer.alloc(0))).toBe('courier/not-courier')
  expect(await faultOf(Buffer.concat([Buffer.alloc(courierHeadBytes), whole.subarray(courierHeadBytes)]))).toBe(
    'courier/not-courier',
  )
  expect(await faultOf(whole.subarray(0, 500))).toBe('courier/cut')
  expect(await faultOf(whole.subarray(0, -1))).toBe('courier/cut')
  expect(await faultOf(Buffer.concat([whole, Buffer.from('x')]))).toBe('courier/cut')
  const spaced = Buffer.from(whole)
  spaced.write('\t', courierHeadBytes - 3)
  expect(await faultOf(spaced)).toBe('courier/changed')
  expect(await faultOf(whole)).toBeUndefined()
})
