import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskClient, enrolDesk } from '../harness/desk-client.ts'
import { noteText, receivedText } from '../harness/desk-events.ts'
import { bundleDistrict, type DistrictProgram, lastLine, type ServedDistrict } from '../harness/district-program.ts'
import { makeTestFolder } from '../harness/test-district.ts'

let district: DistrictProgram
let folder: string
let first: ServedDistrict
let desk: DeskClient
const running: ServedDistrict[] = []
const scan = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(50_000)])
const scanHash = createHash('sha256').update(scan).digest('hex')
const data = () => path.join(folder, 'first')
const file = () => path.join(folder, 'district.backup.gz')

beforeAll(async () => {
  district = bundleDistrict('district-backup')
  folder = makeTestFolder()
  first = await district.serve(data(), '--seed', 'vu-ban-2022')
  running.push(first)
  desk = await enrolDesk(first.url, lastLine(district.run('enrol-code', '--data', data(), '--unit', 'goi').stdout))
  await desk.exchange([1, 2, 3].map((ordinal) => desk.chain(receivedText(desk, { ordinal, name: 'Đặng\tThị "Ý"\\' }))))
  await desk.exchange([desk.chain(noteText(desk, '018f0000-0000-7000-8000-00000000dead', 1))])
  await desk.attachment('PUT', scanHash, scan)
}, 120_000)
afterAll(async () => {
  for (const each of running) await each.end('SIGTERM')
  fs.rmSync(folder, { recursive: true, force: true })
})

test('a backup of a running district fills another one: same events, key and scans, a new epoch, lanes ahead', async () => {
  const made = district.run('backup', '--data', data(), '--to', file())
  expect(made).toMatchObject({ status: 0, stderr: '' })
  expect(fs.statSync(file()).mode & 0o777).toBe(0o600)
  const before = await pullAll(desk)
  const late = desk.chain(receivedText(desk, { ordinal: 4 }))
  const lateVerdict = (await desk.exchange([late])).verdicts[0]

  const other = path.join(folder, 'second')
  const restored = district.run('restore', '--data', other, '--from', file())
  expect(restored).toMatchObject({ status: 0, stderr: '' })
  const second = await district.serve(other)
  running.push(second)
  Object.assign(desk, { url: second.url })
  expect(desk.cursor.epoch).not.toBe('')
  const reply = await desk.exchange()
  expect(reply.cursor.epoch).not.toBe(before.epoch)
  expect(reply.events).toEqual(before.events)
  expect(reply.ownHead.n).toBe(4)
  // The same place, given at another moment.
  expect((await desk.exchange([late])).verdicts[0]).toEqual({ ...lateVerdict, receivedAt: expect.any(String) })
  expect(Buffer.from(await (await desk.attachment('GET', scanHash)).arrayBuffer()).equals(scan)).toBe(true)
  const code = lastLine(district.run('enrol-code', '--data', other, '--unit', 'goi').stdout)
  const newcomer = await enrolDesk(second.url, code)
  expect(newcomer.enrolment.districtPublicKey).toBe(desk.enrolment.districtPublicKey)
  expect(newcomer.enrolment.lane.id).toBeGreaterThan(desk.enrolment.lane.id + 10)
})

test('a unit that had no desk when the backup was taken may have printed numbers since: its first lane is not given again', async () => {
  const target = path.join(folder, 'before-the-first-desk')
  expect(district.run('restore', '--data', target, '--from', file()).status).toBe(0)
  const [was, is] = [first, await district.serve(target)]
  running.push(is)
  const enrolAt = async ({ url }: ServedDistrict, at: string) =>
    enrolDesk(url, lastLine(district.run('enrol-code', '--data', at, '--unit', 'tam-thanh').stdout))
  const printing = await enrolAt(was, data())
  const newcomer = await enrolAt(is, target)
  expect(newcomer.enrolment.lane.id).not.toBe(printing.enrolment.lane.id)
}, 60_000)

test('a backup that is cut, changed or none at all is refused and changes nothing', async () => {
  district.run('backup', '--data', data(), '--to', file())
  const whole = fs.readFileSync(file())
  const text = gunzipSync(whole).toString()
  const lines = text.split('\n')
  const damages: Readonly<Record<string, Buffer>> = {
    cut: whole.subarray(0, whole.length - 100),
    flipped: Buffer.from(whole.map((byte, index) => (index === Math.floor(whole.length / 2) ? byte ^ 1 : byte))),
    changed: gzipSync(text.replace('"ordinal\\":1', '"ordinal\\":9')),
    'a row less': gzipSync(lines.filter((_line, index) => index !== lines.length - 4).join('\n')),
    'no end': gzipSync(`${lines.slice(0, -2).join('\n')}\n`),
    'no backup': Buffer.from('hello'),
    'another schema': gzipSync(text.replace(/"schema":\d+/, '"schema":99')),
  }
  const target = path.join(folder, 'third')
  for (const [name, bytes] of Object.entries(damages)) {
    const damaged = path.join(folder, 'damaged.gz')
    fs.writeFileSync(damaged, bytes)
    const restored = district.run('restore', '--data', target, '--from', damaged)
    expect(restored, name).toMatchObject({ status: 1, stdout: '' })
    expect(restored.stderr, name).toMatch(/^The backup|^This is not/)
  }
  expect(district.run('restore', '--data', target, '--from', path.join(folder, 'nowhere')).status).toBe(1)
  expect(district.run('status', '--data', target).stdout).not.toContain('unit ·')
}, 180_000)

test('a running district, or one that holds events, is not overwritten by accident', () => {
  const whileRunning = district.run('restore', '--data', data(), '--from', file())
  expect(whileRunning.status).toBe(1)
  expect(whileRunning.stderr).toContain('stop it first')
  const target = path.join(folder, 'fourth')
  expect(district.run('restore', '--data', target, '--from', file()).status).toBe(0)
  const again = district.run('restore', '--data', target, '--from', file())
  expect(again.status).toBe(1)
  expect(again.stderr).toContain('--replace')
  expect(district.run('restore', '--data', target, '--from', file(), '--replace').status).toBe(0)
}, 120_000)

async function pullAll(from: DeskClient) {
  from.cursor = { epoch: '', seq: 0 }
  const { events, cursor } = await from.exchange()
  return { events, epoch: cursor.epoch }
}
