import { createHash } from 'node:crypto'
import { open, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { privateKeyOf, signText } from '../../electron/enrolment/desk-identity.ts'
import { type CourierEntry, writeCourier } from '../../shared/node/courier-file.ts'
import { courierHeadBytes } from '../../shared/wire/courier.ts'
import { headSignatureInput } from '../../shared/wire/exchange.ts'
import {
  type CourierDesk,
  openCourierDesk,
  receive,
  scanOf,
  streamOf,
  takeAt,
  writeTo,
} from '../harness/courier-desks.ts'
import { newId } from '../harness/node-desk.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const seed = Number(process.env['TEST_SEED'] ?? 1)
const flips = Number(process.env['TEST_SCHEDULES'] ?? 6) * 100

const cluster = testCluster()
let district: TestDistrict
beforeAll(async () => {
  district = await cluster.district()
})

/** The file with one byte changed or its end missing: places at every seam, and others by seed. */
function* damaged(whole: Buffer): Generator<{ readonly what: string; readonly bytes: Buffer }> {
  const random = seededRandom(seed)
  const anywhere = () => Math.floor(random() * whole.byteLength)
  const head = Array.from({ length: courierHeadBytes }, (_, at) => at)
  const sealedKey = Array.from({ length: 114 }, (_, at) => courierHeadBytes + at)
  for (const at of [...head, ...sealedKey, whole.byteLength - 1, ...Array.from({ length: flips }, anywhere)]) {
    const bytes = Buffer.from(whole)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    yield { what: `flipped at ${at}`, bytes }
  }
  const seams = [0, 1, 17, courierHeadBytes - 1, courierHeadBytes, courierHeadBytes + 114, whole.byteLength - 1]
  for (const end of [...seams, ...Array.from({ length: flips / 10 }, anywhere)]) {
    yield { what: `cut at ${end}`, bytes: whole.subarray(0, end) }
  }
}

const everyFault =
  /^courier\/(not-courier|newer-version|cut|changed|other-district|other-unit|other-desk|own-file|unknown-author)$/

test(`the district takes nothing of a file that is cut or changed anywhere (seed ${seed})`, async () => {
  const { desk } = await openCourierDesk(district, 'Quầy 1')
  await receive(desk, [scanOf(150_000, 1)])
  const stick = tempFolder()
  const whole = await readFile(await writeTo(desk, stick))
  const [broken, receipt] = [path.join(stick, 'hong.motcua'), path.join(stick, 'bien-nhan.motcua')]
  let tries = 0
  for (const { what, bytes } of damaged(whole)) {
    await writeFile(broken, bytes)
    const taken = await takeAt(district, broken, receipt)
    expect(taken.ok ? 'taken' : taken.error, what).toMatch(everyFault)
    tries += 1
  }
  expect(tries).toBeGreaterThan(1_700)
  expect(await streamOf(district)).toEqual([])
  const { rows } = await district.district.store.allUnits.query('select from attachment')
  expect(rows).toEqual([])
  await writeFile(broken, whole)
  expect(await takeAt(district, broken, receipt)).toMatchObject({ ok: true })
})

test(`a desk takes nothing of a receipt that is cut or changed anywhere (seed ${seed})`, async () => {
  const { desk } = await openCourierDesk(district, 'Quầy 2', 'dai-an', 'dai-an.reception')
  await receive(desk)
  const stick = tempFolder()
  const receipt = path.join(stick, 'bien-nhan.motcua')
  await takeAt(district, await writeTo(desk, stick), receipt)
  const whole = await readFile(receipt)
  const { position } = desk.journal.index
  const broken = path.join(stick, 'hong.motcua')
  for (const { what, bytes } of damaged(whole)) {
    await writeFile(broken, bytes)
    const read = await desk.courier.read(broken)
    expect(read.ok ? read.value.outcome : read.error.code, what).toMatch(everyFault)
  }
  expect(desk.journal.index.position).toBe(position)
  expect(desk.journal.index.unsent.size).toBe(1)
  expect(desk.courier.view().carried).toEqual([])
  expect(await desk.courier.read(receipt)).toMatchObject({ value: { accepted: 1 } })
})

/** A file as somebody with a desk's key might make it. */
async function forge(
  author: CourierDesk,
  signer: CourierDesk,
  entries: readonly CourierEntry[],
  file: string,
): Promise<void> {
  const [identity, key] = [author.desk.identity.current(), signer.desk.identity.current()]
  if (!identity || !key) throw new Error('not enrolled')
  const handle = await open(file, 'w')
  const outline = {
    kind: 'events',
    fileId: newId(),
    unitId: identity.unit.id,
    deskId: identity.deskId,
    lane: identity.lane.id,
    district: createHash('sha256').update(identity.districtBoxKey).digest('hex'),
    createdAt: author.desk.clock.instant(),
  } as const
  async function* listed() {
    yield* entries
  }
  const sign = (text: string) => signText(privateKeyOf(key), text)
  await writeCourier(handle, outline, identity.districtBoxKey, listed(), sign)
  await handle.close()
}

test('a file in another desk’s name, or one whose inside is not what it should be, is refused whole', async () => {
  const [author, other] = [await openCourierDesk(district, 'Quầy 3'), await openCourierDesk(district, 'Quầy 4')]
  await receive(author.desk)
  const [entry] = author.desk.journal.index.unsent.values()
  const own = entry && (await author.desk.journal.ownTextOf(entry))
  const identity = author.desk.identity.current()
  if (!own || !identity) throw new Error('no event')
  const { n, link } = own.chain
  const signature = signText(privateKeyOf(identity), headSignatureInput(identity.deskId, n, link))
  const holds = { catalogue: 1, calendar: 1, units: 1, staff: 1 }
  const opening = { record: { record: 'opening', protocol: 1, cursor: { epoch: '', seq: 0 }, holds } } as const
  const events = { record: { record: 'events' as const, events: [own], head: { n, link, signature } } }
  const end = { record: { record: 'end' } } as const
  const content = scanOf(1_000, 1)
  const lie = { record: { record: 'scan', sha256: 'a'.repeat(64), bytes: content.byteLength }, content } as const
  const noId = { record: { ...events.record, events: [{ ...own, text: '{"no":"id"}' }] } }
  const stick = tempFolder()
  const before = await streamOf(district)
  const refusal = async (signer: CourierDesk, entries: readonly CourierEntry[]) => {
    const file = path.join(stick, newId())
    await forge(author, signer, entries, file)
    const taken = await takeAt(district, file, path.join(stick, 'bien-nhan.motcua'))
    return taken.ok ? 'taken' : taken.error
  }
  expect(await refusal(other, [opening, events, end])).toBe('courier/changed')
  expect(await refusal(author, [opening, events])).toBe('courier/changed')
  expect(await refusal(author, [events, end])).toBe('courier/changed')
  expect(await refusal(author, [opening, events, lie, end])).toBe('courier/changed')
  expect(await refusal(author, [opening, events, noId, end])).toBe('courier/changed')
  expect(await refusal(author, [opening, events, { record: { record: 'held', scans: [] } }, end])).toBe(
    'courier/changed',
  )
  expect(await refusal(author, [{ record: { ...opening.record, protocol: 0 } } as never, events, end])).toBe(
    'courier/changed',
  )
  expect(await streamOf(district)).toEqual(before)
  expect(await refusal(author, [opening, events, end])).toBe('taken')
})
