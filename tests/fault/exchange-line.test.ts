import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Desk } from '../../electron/desk.ts'
import type { DossierId } from '../../shared/core/ids.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { type FaultyLine, lineFaults, openFaultyLine } from '../harness/faulty-line.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { backUp, restore } from '../harness/restored-district.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()

const certifiedCopy = procedureOf('2.000815')
const firstSeed = Number(process.env['TEST_SEED'] ?? 1)
const schedules = Number(process.env['TEST_SCHEDULES'] ?? 6)

interface World {
  readonly district: TestDistrict
  readonly line: FaultyLine
  readonly desks: Desk[]
  readonly calm: () => void
}

/** Two desks of Gôi on one line that misbehaves at random. */
async function openWorld(seed: number, faulty: boolean | 'slow'): Promise<World> {
  const random = seededRandom(seed)
  const district = await cluster.district()
  onTestFinished(() => district.close())
  let misbehaves = faulty === true
  const line = await openFaultyLine(district.url, () => {
    if (faulty === 'slow') return 'delayed'
    return misbehaves && random() < 0.5 ? (lineFaults[Math.floor(random() * lineFaults.length)] ?? 'none') : 'none'
  })
  onTestFinished(() => line.close())
  const folder = tempFolder()
  const desks: Desk[] = []
  for (const name of ['Quầy 1', 'Quầy 2']) {
    const desk = await openNodeDesk({ folder: path.join(folder, name), random: () => 0 })
    onTestFinished(() => desk.close())
    await enrolDesk(desk, district.url, await district.code(), name)
    const identity = desk.identity.current()
    if (identity) await desk.identity.save({ ...identity, districtUrl: line.url })
    await signIn(desk, 'goi.son')
    desks.push(desk)
  }
  return { district, line, desks, calm: () => (misbehaves = false) }
}

/** What an officer might do next: receive something, or act on any dossier this desk knows. */
async function act(desk: Desk, random: () => number): Promise<void> {
  const known = [...desk.journal.index.dossiers.keys()]
  const dossierId = known[Math.floor(random() * known.length)] as DossierId | undefined
  const choice = random()
  if (!dossierId || choice < 0.3) {
    await execute(desk, receiveCommand(certifiedCopy, newId()))
  } else if (choice < 0.55) {
    await execute(desk, { type: 'add-note', dossierId, text: `Ghi chú ${Math.floor(random() * 1e6)}` })
  } else if (choice < 0.7) {
    await execute(desk, { type: 'start-processing', dossierId })
  } else if (choice < 0.85) {
    await execute(desk, { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao chứng thực' } })
  } else {
    await execute(desk, { type: 'hand-over', dossierId, recipient: { name: 'Nguyễn Văn Thử' }, method: 'counter' })
  }
}

async function settle(desks: readonly Desk[]): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    for (const desk of desks) await desk.findExchange()?.now()
    const quiet = desks.every((desk) => desk.journal.index.unsent.size === 0)
    const cursors = new Set(desks.map((desk) => desk.journal.index.cursor.seq))
    if (quiet && cursors.size === 1) return
  }
}

async function streamOf(district: TestDistrict): Promise<readonly { seq: number; eventId: string; text: string }[]> {
  const { rows } = await district.district.store.allUnits.query<{ seq: string; event_id: string; text: string }>(
    `select seq, event_id, text from event where unit_id = 'goi' order by seq`,
  )
  return rows.map((row) => ({ seq: Number(row.seq), eventId: row.event_id, text: row.text }))
}

async function ownTexts(desk: Desk): Promise<readonly string[]> {
  const own = [...desk.journal.index.events.values()].filter(({ chainN }) => chainN !== undefined)
  return Promise.all(own.map((entry) => desk.journal.textOf(entry)))
}

/** The promise of the exchange, checked on both ends after everything is calm. */
async function expectConverged({ district, desks }: World): Promise<void> {
  const stream = await streamOf(district)
  expect(stream.map(({ seq }) => seq)).toEqual(stream.map((_, at) => at + 1))
  expect(new Set(stream.map(({ eventId }) => eventId)).size).toBe(stream.length)
  const byId = new Map(stream.map((event) => [event.eventId, event.text]))
  for (const desk of desks) {
    const { index } = desk.journal
    expect(index.unsent.size).toBe(0)
    for (const text of await ownTexts(desk)) {
      const event = JSON.parse(text) as { id: string }
      const entry = index.events.get(event.id)
      if (entry?.refusedCode === undefined) expect(byId.get(event.id)).toBe(text)
      else expect(byId.has(event.id)).toBe(false)
    }
    const accepted = [...index.events.values()].filter(({ streamSeq }) => streamSeq !== undefined)
    expect(accepted.map(({ eventId }) => eventId).sort()).toEqual([...byId.keys()].sort())
  }
  const [one, two] = desks
  if (!one || !two) throw new Error('two desks')
  for (const dossierId of one.journal.index.dossiers.keys()) {
    const folds = await Promise.all([one, two].map(async (desk) => foldDossier(await desk.journal.history(dossierId))))
    expect(folds[1]).toEqual(folds[0])
  }
  const numbers = stream.flatMap(({ text }) => {
    const body = (JSON.parse(text) as { body: { number?: { text: string } } }).body
    return body.number ? [body.number.text] : []
  })
  expect(new Set(numbers).size).toBe(numbers.length)
}

test.each(Array.from({ length: schedules }, (_, at) => firstSeed + at))(
  'schedule %i: whatever the line does, every event reaches the district exactly once and both desks agree',
  async (seed) => {
    const world = await openWorld(seed, true)
    const random = seededRandom(seed * 7919)
    for (const desk of world.desks) desk.startExchange()
    for (let step = 0; step < 40; step += 1) {
      const desk = world.desks[Math.floor(random() * world.desks.length)]
      if (!desk) throw new Error('no desk')
      await act(desk, random)
      if (random() < 0.3) void desk.findExchange()?.now()
      if (random() < 0.1) world.line.setUp(random() < 0.5)
    }
    world.line.setUp(true)
    world.calm()
    await settle(world.desks)
    await expectConverged(world)
    expect((await streamOf(world.district)).length).toBeGreaterThan(10)
  },
)

test('a desk adds a note while offline, the other hands over: the note is decided again and both desks agree', async () => {
  const world = await openWorld(1, false)
  const [a, b] = world.desks
  if (!a || !b) throw new Error('two desks')
  const dossierId = newId() as DossierId
  expect(await execute(a, receiveCommand(certifiedCopy, dossierId))).toMatchObject({ ok: true })
  expect(await execute(a, { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao' } })).toMatchObject({
    ok: true,
  })
  for (const desk of world.desks) desk.startExchange()
  await settle(world.desks)
  world.line.setUp(false)
  expect(await execute(a, { type: 'add-note', dossierId, text: 'Dân gọi hỏi' })).toMatchObject({ ok: true })
  world.line.setUp(true)
  expect(await execute(b, { type: 'hand-over', dossierId, recipient: { name: 'A' }, method: 'counter' })).toMatchObject(
    { ok: true },
  )
  await b.findExchange()?.now()
  await settle(world.desks)
  await expectConverged(world)
  const rebased = [...a.journal.index.events.values()].filter(({ rebasedTo }) => rebasedTo !== undefined)
  expect(rebased).toHaveLength(1)
  expect(foldDossier(await b.journal.history(dossierId))).toMatchObject({
    state: { status: 'handed-over' },
    notes: [{ text: 'Dân gọi hỏi' }],
  })
})

test('a desk finishes and hands over while offline, a note comes first: the result handed over is not forgotten', async () => {
  const world = await openWorld(4, false)
  const [a, b] = world.desks
  if (!a || !b) throw new Error('two desks')
  const dossierId = newId() as DossierId
  await execute(a, receiveCommand(certifiedCopy, dossierId))
  for (const desk of world.desks) desk.startExchange()
  await settle(world.desks)
  world.line.setUp(false)
  await execute(a, { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao', number: '48' } })
  await execute(a, { type: 'add-note', dossierId, text: 'Dân đến lấy' })
  await execute(a, { type: 'hand-over', dossierId, recipient: { name: 'A' }, method: 'counter' })
  await execute(b, { type: 'add-note', dossierId, text: 'Dân gọi hỏi' })
  world.line.setUp(true)
  await b.findExchange()?.now()
  await settle(world.desks)
  await expectConverged(world)
  const types = (await streamOf(world.district)).map(({ text }) => (JSON.parse(text) as { type: string }).type)
  expect(types.slice(1)).toEqual(['note-added', 'dossier-finished', 'note-added', 'deliverable-handed-over'])
  expect(foldDossier(await b.journal.history(dossierId))).toMatchObject({
    state: { status: 'handed-over', deliverable: { number: '48' } },
    notes: [{ text: 'Dân gọi hỏi' }, { text: 'Dân đến lấy' }],
  })
  const findings = [...a.journal.index.events.values()].flatMap((entry) => entry.findings)
  expect(findings).toEqual(['finding/lost-race'])
})

test('both desks hand over the same result: both acts stand, the second with a finding', async () => {
  const world = await openWorld(2, false)
  const [a, b] = world.desks
  if (!a || !b) throw new Error('two desks')
  const dossierId = newId() as DossierId
  await execute(a, receiveCommand(certifiedCopy, dossierId))
  await execute(a, { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao' } })
  for (const desk of world.desks) desk.startExchange()
  await settle(world.desks)
  world.line.setUp(false)
  await execute(a, { type: 'hand-over', dossierId, recipient: { name: 'A' }, method: 'counter' })
  await execute(b, { type: 'hand-over', dossierId, recipient: { name: 'B' }, method: 'counter' })
  world.line.setUp(true)
  await settle(world.desks)
  await expectConverged(world)
  const findings = [...a.journal.index.events.values()].flatMap((entry) => entry.findings)
  expect(findings).toContain('finding/lost-race')
})

test('the district comes back from an older backup: what it lost is offered again, nothing twice', async () => {
  const world = await openWorld(3, false)
  const [a, b] = world.desks
  if (!a || !b) throw new Error('two desks')
  for (const desk of world.desks) desk.startExchange()
  await execute(a, receiveCommand(certifiedCopy, newId()))
  await settle(world.desks)
  const file = await backUp(world.district)
  const later = newId() as DossierId
  await execute(a, receiveCommand(certifiedCopy, later))
  await execute(b, receiveCommand(certifiedCopy, newId()))
  await settle(world.desks)
  await execute(b, { type: 'add-note', dossierId: later, text: 'Sau bản sao lưu' })
  await settle(world.desks)
  world.line.setUp(false)
  const restored = await restore(cluster, file)
  world.line.leadTo(restored.url)
  world.line.setUp(true)
  await settle(world.desks)
  await settle(world.desks)
  await expectConverged({ ...world, district: restored })
  expect(await streamOf(restored)).toHaveLength(4)
})

test('a restored district is given back what a dead desk had sent, by those who received it; places and chains are whole', async () => {
  const world = await openWorld(6, false)
  const [a, b] = world.desks
  if (!a || !b) throw new Error('two desks')
  for (const desk of world.desks) desk.startExchange()
  await execute(a, receiveCommand(certifiedCopy, newId()))
  await settle(world.desks)
  const file = await backUp(world.district)
  const later = newId() as DossierId
  await execute(a, receiveCommand(certifiedCopy, later))
  await settle(world.desks)
  await execute(b, { type: 'add-note', dossierId: later, text: 'Sau bản sao lưu' })
  await settle(world.desks)
  await execute(a, { type: 'add-note', dossierId: later, text: 'Việc cuối của máy hỏng' })
  await settle(world.desks)
  const before = await streamOf(world.district)
  // This PC dies here; what it sent lives on in the other one.
  await a.findExchange()?.stop()
  world.line.setUp(false)
  const restored = await restore(cluster, file)
  world.line.leadTo(restored.url)
  await execute(b, { type: 'add-note', dossierId: later, text: 'Viết lúc máy chủ hỏng' })
  world.line.setUp(true)
  await settle([b])
  await settle([b])
  const after = await streamOf(restored)
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after).toHaveLength(before.length + 1)
  expect(b.journal.index.unsent.size).toBe(0)
  expect(b.journal.index.hasFormerPlaces()).toBe(false)
  const { rows: open } = await restored.district.store.allUnits.query<{ code: string; desk_id: string }>(
    'select code, desk_id from incident where closed_at is null',
  )
  expect(open.filter(({ desk_id }) => desk_id === b.identity.current()?.deskId)).toEqual([])
})

test('a line that goes away is noticed within seconds, although nothing is being sent', async () => {
  const world = await openWorld(4, false)
  const [a] = world.desks
  if (!a) throw new Error('a desk')
  a.startExchange()
  await vi.waitFor(() => expect(a.findExchange()?.status().line).toBe('online'), 10_000)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  world.line.setUp(false)
  await vi.waitFor(() => expect(a.findExchange()?.status().line).toBe('offline'), 5_000)
})

test('who asks for an exchange during one that is failing gets one of their own', async () => {
  const { district, line: steady, desks } = await openWorld(6, false)
  await steady.close()
  const [a] = desks
  if (!a) throw new Error('a desk')
  let asked: Promise<void> | undefined
  const line = await openFaultyLine(district.url, () => {
    if (asked) return 'none'
    asked = a.findExchange()?.now()
    return 'lost-request'
  })
  onTestFinished(() => line.close())
  const identity = a.identity.current()
  if (identity) await a.identity.save({ ...identity, districtUrl: line.url })
  await execute(a, receiveCommand(certifiedCopy, newId()))
  a.startExchange()
  await vi.waitFor(() => expect(asked).toBeDefined(), 10_000)
  await asked
  expect(a.journal.index.unsent.size).toBe(0)
})

test('a desk closed while it takes in a reply comes to rest, whatever still waits', async () => {
  const [a] = (await openWorld(7, 'slow')).desks
  if (!a) throw new Error('a desk')
  await execute(a, receiveCommand(certifiedCopy, newId()))
  a.startExchange()
  const exchange = a.findExchange()
  await vi.waitFor(() => expect(exchange?.status().progress?.what).toBe('events'), { timeout: 10_000, interval: 1 })
  const taken = new Promise<void>((resolve) => {
    a.journal.onAppend(() => {
      if (a.journal.index.cursor.seq > 0) resolve(exchange?.stop())
    })
  })
  await execute(a, receiveCommand(certifiedCopy, newId()))
  // A loop that never rests would take this process with it: its requests are counted and stopped.
  const anySignal = AbortSignal.any
  const signals = vi.spyOn(AbortSignal, 'any').mockImplementation((given) => {
    if (signals.mock.calls.length > 50) throw new Error('goes round and round')
    return anySignal.call(AbortSignal, given)
  })
  onTestFinished(() => signals.mockRestore())
  await taken
  expect(signals.mock.calls.length).toBeLessThan(20)
  expect(a.journal.index.unsent.size).toBe(1)
})

test('what is received while scans travel goes before the scans that still wait', async () => {
  const world = await openWorld(5, 'slow')
  const [a] = world.desks
  if (!a) throw new Error('a desk')
  const scans = await Promise.all(
    Array.from({ length: 12 }, async (_, at) => {
      const content = Buffer.concat([Buffer.from('%PDF-1.4 '), Buffer.alloc(2_000, at + 1)])
      const sha256 = await a.attachments.put(content)
      return { sha256, bytes: content.byteLength, mediaType: 'application/pdf' as const, name: `trang-${at}.pdf` }
    }),
  )
  const first = receiveCommand(certifiedCopy, newId())
  const documents = first.documents.map((document, at) => (at === 0 ? { ...document, scans } : document))
  await execute(a, { ...first, documents })
  let unsentScansAtSecond = -1
  const waiting = () => a.findExchange()?.status().unsentScans ?? 0
  a.journal.onAppend(() => {
    if (unsentScansAtSecond < 0 && a.journal.index.unsent.size === 0 && secondSaved) unsentScansAtSecond = waiting()
  })
  let secondSaved = false
  a.startExchange()
  await vi.waitFor(() => expect(a.journal.index.scansSent.size).toBeGreaterThan(0), { timeout: 10_000, interval: 1 })
  await execute(a, receiveCommand(certifiedCopy, newId()))
  secondSaved = true
  await settle(world.desks)
  expect(unsentScansAtSecond).toBeGreaterThan(0)
  expect(waiting()).toBe(0)
})
