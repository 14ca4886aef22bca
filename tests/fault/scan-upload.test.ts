import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findAttachment } from '../../district/attachments/attachment-store.ts'
import type { Desk } from '../../electron/desk.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { type NarrowLine, type NarrowLineOptions, openNarrowLine } from '../harness/narrow-line.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()

interface World {
  readonly district: TestDistrict
  readonly line: NarrowLine
  readonly desk: Desk
}

async function openWorld(options: NarrowLineOptions): Promise<World> {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  const line = await openNarrowLine(district.url, options)
  onTestFinished(() => line.close())
  const desk = await openNodeDesk({ folder: tempFolder(), random: () => 0 })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, await district.code(), 'Quầy 1')
  const identity = desk.identity.current()
  if (identity) await desk.identity.save({ ...identity, districtUrl: line.url })
  await signIn(desk, 'goi.son')
  return { district, line, desk }
}

/** A dossier with one scan; answers the scan's hash. */
async function receiveWithScan(desk: Desk, bytes: number): Promise<string> {
  const content = Buffer.concat([Buffer.from('%PDF-1.4 '), randomBytes(bytes - 9)])
  const sha256 = await desk.attachments.put(content)
  const command = receiveCommand(procedureOf('2.000815'), newId())
  const scans = [{ sha256, bytes, mediaType: 'application/pdf' as const, name: 'ban-chinh.pdf' }]
  const documents = command.documents.map((document, at) => (at === 0 ? { ...document, scans } : document))
  expect(await execute(desk, { ...command, documents })).toMatchObject({ ok: true })
  return sha256
}

const held = ({ district }: World, sha256: string) => findAttachment(district.district.dataFolder, 'goi', sha256)

test('a line that breaks every 300 KB carries a scan of 2 MB once, not again from the start each time', async () => {
  const world = await openWorld({ cutAfterBytes: 300_000 })
  const { desk, line } = world
  const bytes = 2_000_000
  const sha256 = await receiveWithScan(desk, bytes)
  desk.startExchange()
  await vi.waitFor(
    async () => {
      await desk.findExchange()?.now()
      expect(desk.journal.index.unsentScans.size).toBe(0)
    },
    { timeout: 60_000 },
  )
  expect(await held(world, sha256)).toEqual({ bytes, mediaType: 'application/pdf' })
  expect(line.cuts()).toBeGreaterThan(4)
  expect(line.bytesUp()).toBeLessThan(bytes * 1.2)
})

test('what is received while one large scan is on its way goes before the rest of it', async () => {
  const world = await openWorld({ bytesPerSecond: 400_000 })
  const { desk, line } = world
  const sha256 = await receiveWithScan(desk, 1_600_000)
  desk.startExchange()
  await vi.waitFor(() => expect(line.bytesUp()).toBeGreaterThan(300_000), 20_000)
  await execute(desk, receiveCommand(procedureOf('2.000815'), newId()))
  await vi.waitFor(() => expect(desk.journal.index.unsent.size).toBe(0), { timeout: 20_000, interval: 5 })
  expect(desk.journal.index.unsentScans.size).toBe(1)
  expect(await held(world, sha256)).toBeUndefined()
  await vi.waitFor(() => expect(desk.journal.index.unsentScans.size).toBe(0), 30_000)
  expect(await held(world, sha256)).toMatchObject({ bytes: 1_600_000 })
  expect(line.bytesUp()).toBeLessThan(1_600_000 * 1.3)
})
