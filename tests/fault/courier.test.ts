import { existsSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { retireDesk } from '../../district/store/desks.ts'
import { addEnrolmentCode } from '../../district/store/enrolment-codes.ts'
import { incidentsOf, openCourierDesk, receive, scanOf, streamOf, takeAt, writeTo } from '../harness/courier-desks.ts'
import type { LineFault } from '../harness/faulty-line.ts'
import { enrolDesk, execute, newId, openNodeDesk } from '../harness/node-desk.ts'
import { backUp, restore } from '../harness/restored-district.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()

/** Closed with the cluster. */
const openDistrict = (): Promise<TestDistrict> => cluster.district()

test('weeks without a line: out by stick, receipt back, work and numbers go on, and the line brings nothing twice', async () => {
  const district = await openDistrict()
  const { desk, line } = await openCourierDesk(district, 'Quầy 1')
  const { desk: other } = await openCourierDesk(district, 'Quầy 2')
  await receive(other)
  other.startExchange()
  await other.findExchange()?.now()
  line.setUp(false)
  const stick = tempFolder()
  for (let day = 0; day < 5; day += 1) await receive(desk, [scanOf(70_000, day)])
  expect(desk.journal.index.unsent.size).toBe(5)

  const writing = writeTo(desk, stick)
  const meanwhile = await receive(desk)
  const file = await writing
  expect(desk.journal.index.unsent.size).toBe(6)
  expect(existsSync(`${file}.partial`)).toBe(false)
  const receipt = path.join(stick, 'bien-nhan.motcua')
  expect(await takeAt(district, file, receipt)).toMatchObject({ ok: true, value: { file: { events: 5, scans: 5 } } })
  expect(await streamOf(district)).toHaveLength(6)

  const read = await desk.courier.read(receipt)
  expect(read).toEqual({ ok: true, value: { outcome: 'receipt', accepted: 5, returned: 0, received: 1, scans: 5 } })
  expect(desk.journal.index.unsent.size).toBe(1)
  expect(desk.journal.index.unsentScans.size).toBe(0)
  expect(desk.courier.view().written).toMatchObject([{ events: 5, scans: 5, answeredAt: expect.any(String) }])
  const numbers = [...desk.journal.index.ordinals.values()]
  await receive(desk)
  expect([...desk.journal.index.ordinals.values()][0]).toBe((numbers[0] ?? 0) + 1)

  line.setUp(true)
  await desk.findExchange()?.now()
  const stream = await streamOf(district)
  expect(stream.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(new Set(stream.map(({ eventId }) => eventId)).size).toBe(8)
  expect(stream.some(({ text }) => text.includes(meanwhile))).toBe(true)
  expect(desk.journal.index.unsent.size).toBe(0)
  expect(await incidentsOf(district)).toEqual([])
})

test('taken twice, carried twice, and sent by the line as well: the district stays as it is and says the same', async () => {
  const district = await openDistrict()
  const [author, one, two] = [
    await openCourierDesk(district, 'Quầy 1'),
    await openCourierDesk(district, 'Quầy 2'),
    await openCourierDesk(district, 'Quầy 3'),
  ]
  author.line.setUp(false)
  for (let at = 0; at < 3; at += 1) await receive(author.desk, [scanOf(50_000, at)])
  const stick = tempFolder()
  const file = await writeTo(author.desk, stick)
  for (const { desk } of [one, two]) {
    expect(await desk.courier.read(file)).toEqual({ ok: true, value: { outcome: 'carrying', events: 3, scans: 3 } })
    expect(await desk.courier.read(file)).toMatchObject({ ok: true })
    expect(desk.courier.view().carried).toMatchObject([{ state: 'waiting', lane: 1, events: 3, scans: 3 }])
  }
  const [fileId = ''] = one.desk.courier.view().carried.map((carried) => carried.fileId)
  expect(await one.desk.courier.discard(fileId)).toMatchObject({ ok: false, error: { code: 'courier/gone' } })
  for (const { desk } of [one, two]) {
    desk.startExchange()
    await vi.waitFor(() => expect(desk.courier.view().carried).toMatchObject([{ state: 'answered' }]), 20_000)
  }
  expect(await streamOf(district)).toHaveLength(3)
  const receipts = [path.join(stick, 'mot.motcua'), path.join(stick, 'hai.motcua'), path.join(stick, 'ba.motcua')]
  expect(await one.desk.courier.saveReceipt(fileId, receipts[0] ?? '')).toEqual({ ok: true, value: { saved: true } })
  expect(await two.desk.courier.saveReceipt(fileId, receipts[1] ?? '')).toEqual({ ok: true, value: { saved: true } })
  const again = await takeAt(district, file, receipts[2] ?? '')
  expect(again).toMatchObject({ ok: true, value: { receipt: { events: 3, scans: 3 } } })
  expect(await streamOf(district)).toHaveLength(3)

  const first = await author.desk.courier.read(receipts[1] ?? '')
  expect(first).toMatchObject({ value: { outcome: 'receipt', accepted: 3, scans: 3 } })
  const position = author.desk.journal.index.position
  for (const receipt of receipts) {
    const repeated = { outcome: 'receipt', accepted: 0, returned: 0, received: 0, scans: 0 }
    expect(await author.desk.courier.read(receipt)).toEqual({ ok: true, value: repeated })
  }
  expect(author.desk.journal.index.cursor).toEqual({ epoch: district.district.epoch, seq: 3 })
  const touched = [...author.desk.journal.index.dossiers.keys()].map(
    (id) => author.desk.journal.index.dossiers.get(id)?.position ?? 0,
  )
  expect(Math.max(...touched)).toBeLessThanOrEqual(position)
  expect(await one.desk.courier.discard(fileId)).toEqual({ ok: true, value: null })
  author.line.setUp(true)
  author.desk.startExchange()
  await author.desk.findExchange()?.now()
  expect(await streamOf(district)).toHaveLength(3)
  expect(await incidentsOf(district)).toEqual([])
})

test('a refused event comes back by stick like by line: decided again, or shown to the officer', async () => {
  const district = await openDistrict()
  const { desk, line } = await openCourierDesk(district, 'Quầy 1', 'goi', 'goi.son')
  const { desk: other } = await openCourierDesk(district, 'Quầy 2', 'goi', 'goi.son')
  const dossierId = (await receive(desk)) as never
  for (const each of [desk, other]) {
    each.startExchange()
    await each.findExchange()?.now()
  }
  line.setUp(false)
  expect(await execute(desk, { type: 'add-note', dossierId, text: 'Ghi chú ở quầy 1' })).toMatchObject({ ok: true })
  expect(await execute(desk, { type: 'start-processing', dossierId })).toMatchObject({ ok: true })
  expect(await execute(other, { type: 'start-processing', dossierId })).toMatchObject({ ok: true })
  await other.findExchange()?.now()
  const stick = tempFolder()
  const receipt = path.join(stick, 'bien-nhan.motcua')
  await takeAt(district, await writeTo(desk, stick), receipt)
  expect(await desk.courier.read(receipt)).toMatchObject({ ok: true, value: { received: 1 } })
  const { unsent, refused } = desk.journal.index
  expect([...unsent.values()].map(({ type }) => type)).toEqual(['note-added'])
  expect([...refused.values()].map(({ type }) => type)).toEqual(['processing-started'])
  const second = path.join(stick, 'bien-nhan-2.motcua')
  await takeAt(district, await writeTo(desk, stick), second)
  await desk.courier.read(second)
  expect(desk.journal.index.unsent.size).toBe(0)
  expect(await incidentsOf(district)).toEqual([])
})

test('a receipt older than the desk moves nothing back; one of an epoch the desk has left moves nothing at all', async () => {
  const district = await openDistrict()
  const { desk, line } = await openCourierDesk(district, 'Quầy 1')
  const stick = tempFolder()
  const backup = await backUp(district)
  line.setUp(false)
  await receive(desk, [scanOf(40_000, 1)])
  const old = path.join(stick, 'cu.motcua')
  await takeAt(district, await writeTo(desk, stick), old)
  await receive(desk)
  line.setUp(true)
  desk.startExchange()
  await desk.findExchange()?.now()
  const before = { ...desk.journal.index.cursor }
  expect(before.seq).toBe(2)
  await desk.courier.read(old)
  expect(desk.journal.index.cursor).toEqual(before)

  // The district comes back from a backup that knows nothing of these events; the desk meets it by line.
  await desk.findExchange()?.now()
  await district.close()
  const restored = await restore(cluster, backup)
  line.leadTo(restored.url)
  await desk.findExchange()?.now()
  await vi.waitFor(async () => {
    await desk.findExchange()?.now()
    expect(desk.journal.index.unsent.size).toBe(0)
    expect(desk.journal.index.cursor).toEqual({ epoch: restored.district.epoch, seq: 2 })
  }, 20_000)
  line.setUp(false)
  await receive(desk)
  const position = desk.journal.index.position
  const nothing = { outcome: 'receipt', accepted: 0, returned: 0, received: 0, scans: 0 }
  expect(await desk.courier.read(old)).toEqual({ ok: true, value: nothing })
  expect(desk.journal.index.position).toBe(position)
  expect(desk.journal.index.cursor.epoch).toBe(restored.district.epoch)
})

test('a restored district is met by stick: the desk takes its new epoch and offers everything again', async () => {
  const district = await openDistrict()
  const { desk, line } = await openCourierDesk(district, 'Quầy 1')
  const stick = tempFolder()
  const backup = await backUp(district)
  await receive(desk, [scanOf(40_000, 1)])
  desk.startExchange()
  await vi.waitFor(() => expect(desk.journal.index.unsentScans.size).toBe(0), 20_000)
  line.setUp(false)
  await receive(desk)
  const file = await writeTo(desk, stick)
  await district.close()
  const restored = await restore(cluster, backup)
  const receipt = path.join(stick, 'bien-nhan.motcua')
  expect(await takeAt(restored, file, receipt)).toMatchObject({ ok: true })
  expect(await desk.courier.read(receipt)).toMatchObject({ ok: true })
  expect(desk.journal.index.cursor.epoch).toBe(restored.district.epoch)
  // The first event and its scan are unsent again: the new database does not hold them.
  expect(desk.journal.index.unsent.size).toBe(1)
  expect(desk.journal.index.unsentScans.size).toBe(1)
  const second = path.join(stick, 'bien-nhan-2.motcua')
  await takeAt(restored, await writeTo(desk, stick), second)
  await desk.courier.read(second)
  expect(desk.journal.index.unsent.size).toBe(0)
  expect(desk.journal.index.unsentScans.size).toBe(0)
  expect(await streamOf(restored)).toHaveLength(2)
})

test('an old receipt does not say that a journal which lost its tail is whole; the answer to a new file does', async () => {
  const district = await openDistrict()
  const { desk, line, folder } = await openCourierDesk(district, 'Quầy 1')
  line.setUp(false)
  const stick = tempFolder()
  await receive(desk)
  const old = path.join(stick, 'cu.motcua')
  await takeAt(district, await writeTo(desk, stick), old)
  await desk.courier.read(old)
  await desk.journal.append([{ whole: false, healed: true }])
  expect(desk.journal.isWhole()).toBe(false)
  await desk.courier.read(old)
  expect(desk.journal.isWhole()).toBe(false)
  await receive(desk).catch(() => undefined)
  const fresh = path.join(stick, 'moi.motcua')
  await execute(desk, { type: 'add-note', dossierId: [...desk.journal.index.dossiers.keys()][0] as never, text: 'x' })
  await takeAt(district, await writeTo(desk, stick), fresh)
  await desk.courier.read(fresh)
  expect(desk.journal.isWhole()).toBe(true)
  expect(existsSync(folder)).toBe(true)
})

test('files for others are refused by name and leave nothing behind', async () => {
  const [district, foreign] = [await openDistrict(), await openDistrict()]
  const author = await openCourierDesk(district, 'Quầy 1')
  const neighbour = await openCourierDesk(district, 'Quầy 2')
  const elsewhere = await openCourierDesk(district, 'Quầy xã khác', 'minh-thuan', 'minh-thuan.reception')
  const stranger = await openCourierDesk(foreign, 'Quầy huyện khác')
  const stick = tempFolder()
  author.line.setUp(false)
  await receive(author.desk)
  const file = await writeTo(author.desk, stick)
  const receipt = path.join(stick, 'bien-nhan.motcua')
  await takeAt(district, file, receipt)
  const refusal = async (desk: typeof author.desk, path: string) => {
    const answer = await desk.courier.read(path)
    return answer.ok ? answer.value.outcome : answer.error.code
  }
  expect(await refusal(author.desk, file)).toBe('courier/own-file')
  expect(await refusal(neighbour.desk, receipt)).toBe('courier/other-desk')
  expect(await refusal(elsewhere.desk, file)).toBe('courier/other-unit')
  expect(await refusal(stranger.desk, file)).toBe('courier/other-district')
  expect(await refusal(stranger.desk, receipt)).toBe('courier/other-district')
  expect(await takeAt(foreign, file, path.join(stick, 'x'))).toEqual({ ok: false, error: 'courier/other-district' })
  expect(await takeAt(district, receipt, path.join(stick, 'x'))).toEqual({ ok: false, error: 'courier/not-courier' })
  expect(await refusal(author.desk, path.join(stick, 'khong-co'))).toBe('file/cannot-read')
  expect(neighbour.desk.courier.view().carried).toEqual([])
  expect(await streamOf(foreign)).toEqual([])
  expect(await author.desk.courier.write(path.join(stick, 'khong-co', 'tep.motcua'))).toEqual({
    ok: false,
    error: { code: 'file/cannot-write' },
  })
  await author.desk.courier.read(receipt)
  expect(await author.desk.courier.write(path.join(stick, 'gi.motcua'))).toEqual({
    ok: false,
    error: { code: 'courier/nothing-unsent' },
  })
})

test('a retired desk: its file is taken from the operator who says so, from no other desk', async () => {
  const district = await openDistrict()
  const author = await openCourierDesk(district, 'Quầy 1')
  const neighbour = await openCourierDesk(district, 'Quầy 2')
  author.line.setUp(false)
  await receive(author.desk)
  const stick = tempFolder()
  const file = await writeTo(author.desk, stick)
  const { store, clock } = district.district
  await retireDesk(store.allUnits, author.desk.identity.current()?.deskId ?? '', clock.now())
  await neighbour.desk.courier.read(file)
  neighbour.desk.startExchange()
  await vi.waitFor(
    () =>
      expect(neighbour.desk.courier.view().carried).toMatchObject([
        { state: 'refused', code: 'courier/retired-author' },
      ]),
    20_000,
  )
  const receipt = path.join(stick, 'bien-nhan.motcua')
  expect(await takeAt(district, file, receipt)).toEqual({ ok: false, error: 'courier/retired-author' })
  expect(await streamOf(district)).toEqual([])
  expect(await takeAt(district, file, receipt, true)).toMatchObject({ ok: true })
  expect(await streamOf(district)).toHaveLength(1)
})

test('the desk enrolled in a dead one’s place brings its file in, without anybody’s leave', async () => {
  const district = await openDistrict()
  const author = await openCourierDesk(district, 'Quầy 1')
  author.line.setUp(false)
  await receive(author.desk)
  const file = await writeTo(author.desk, tempFolder())
  const replaces = author.desk.identity.current()?.deskId ?? ''
  const { store, clock } = district.district
  const code = await addEnrolmentCode(store, { unitId: 'goi', deskName: '', hours: 1, replaces }, clock.now())
  const folder = path.join(tempFolder(), 'Quầy 1 mới')
  const desk = await openNodeDesk({ folder })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, code, 'Quầy 1 mới')
  await desk.courier.read(file)
  await desk.courier.forward()
  expect(desk.courier.view().carried).toMatchObject([{ state: 'answered' }])
  expect(await streamOf(district)).toHaveLength(1)
})

test('nobody on the road reads it: names, numbers and scans stand nowhere in the file, the receipt or the carried copy', async () => {
  const district = await openDistrict()
  const author = await openCourierDesk(district, 'Quầy 1')
  const carrier = await openCourierDesk(district, 'Quầy 2')
  author.line.setUp(false)
  const scan = scanOf(100_000, 7)
  await receive(author.desk, [scan])
  const stick = tempFolder()
  const file = await writeTo(author.desk, stick)
  const receipt = path.join(stick, 'bien-nhan.motcua')
  await takeAt(district, file, receipt)
  await carrier.desk.courier.read(file)
  const fileId = carrier.desk.courier.view().carried[0]?.fileId ?? ''
  await copyFile(path.join(carrier.folder, 'couriers', `${fileId}.courier`), path.join(stick, 'ban-chep'))
  const named = author.desk.courier.nameFor('gui', 3, '2022-08-17T01:05:00.000Z')
  expect(named).toBe('mot-cua-gui-so-3-2022-08-17-0805.motcua')
  for (const name of [file, receipt, path.join(stick, 'ban-chep')]) {
    const bytes = await readFile(name)
    for (const secret of ['Nguyễn Văn Thử', '036085999991', '0912345678', 'Bản sao', 'Quầy 1', 'quet-1.pdf']) {
      expect(bytes.includes(Buffer.from(secret))).toBe(false)
      expect(bytes.includes(Buffer.from(secret, 'utf16le'))).toBe(false)
    }
    expect(bytes.includes(scan.subarray(1000, 1032))).toBe(false)
  }
})

test('a carrier whose line breaks goes on from the part it was at, and a receipt cut on its way is asked for again', async () => {
  const district = await openDistrict()
  const author = await openCourierDesk(district, 'Quầy 1')
  // What is held? · two parts, the second one's answer lost ¦ what is held? · five parts · the receipt, cut ¦ and again.
  const faults: LineFault[] = ['none', 'none', 'lost-reply', ...Array<LineFault>(6).fill('none'), 'cut']
  let requests = 0
  const carrier = await openCourierDesk(district, 'Quầy 2', 'goi', 'goi.hanh', () => {
    requests += 1
    return faults.shift() ?? 'none'
  })
  author.line.setUp(false)
  await receive(author.desk, [scanOf(5_000_000, 1), scanOf(1_500_000, 2)])
  const stick = tempFolder()
  await carrier.desk.courier.read(await writeTo(author.desk, stick))
  for (const made of [3, 10]) {
    await carrier.desk.courier.forward()
    expect(requests).toBe(made)
    expect(carrier.desk.courier.view().carried).toMatchObject([{ state: 'waiting' }])
  }
  await carrier.desk.courier.forward()
  expect(requests).toBe(12)
  expect(carrier.desk.courier.view().carried).toMatchObject([{ state: 'answered' }])
  expect(await streamOf(district)).toHaveLength(1)
  const fileId = carrier.desk.courier.view().carried[0]?.fileId ?? ''
  const receipt = path.join(stick, 'bien-nhan.motcua')
  await carrier.desk.courier.saveReceipt(fileId, receipt)
  expect(await author.desk.courier.read(receipt)).toMatchObject({ value: { accepted: 1, scans: 2 } })
})

test('carried files, receipts and what was written outlive a restart; what was half-copied does not', async () => {
  const district = await openDistrict()
  const author = await openCourierDesk(district, 'Quầy 1')
  const carrier = await openCourierDesk(district, 'Quầy 2')
  await receive(author.desk)
  const file = await writeTo(author.desk, tempFolder())
  await carrier.desk.courier.read(file)
  await carrier.desk.courier.forward()
  const views = [author.desk.courier.view(), carrier.desk.courier.view()]
  expect(views).toMatchObject([{ written: [{ events: 1 }] }, { carried: [{ state: 'answered' }] }])
  const half = path.join(carrier.folder, 'couriers', `${newId()}.courier.partial`)
  await copyFile(file, half)
  for (const [at, { desk, folder }] of [author, carrier].entries()) {
    await desk.close()
    const again = await openNodeDesk({ folder })
    onTestFinished(() => again.close())
    expect(again.courier.view()).toEqual(views[at])
  }
  expect(existsSync(half)).toBe(false)
})
