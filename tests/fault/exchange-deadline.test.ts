import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createQueue } from '../../electron/disk/queue.ts'
import { createExchange, type Exchange } from '../../electron/exchange/exchange.ts'
import { linePace } from '../../electron/exchange/line-pace.ts'
import type { DossierId } from '../../shared/core/ids.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { type LineFault, openFaultyLine } from '../harness/faulty-line.ts'
import { openNarrowLine } from '../harness/narrow-line.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()
const certifiedCopy = procedureOf('2.000815')
const silent = { info: () => undefined, error: () => undefined }
const leastTimeoutMs = 300

/** A desk with unsent work whose rounds are given up soon, and its district, over the line that `lineTo` makes. */
async function openDesk(lineTo: (districtUrl: string) => Promise<{ readonly url: string }>, noteLetters = 0) {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  const desk = await openNodeDesk({ folder: path.join(tempFolder(), 'desk') })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, await district.code(), 'Quầy 1')
  const identity = desk.identity.current()
  if (identity) await desk.identity.save({ ...identity, districtUrl: (await lineTo(district.url)).url })
  await signIn(desk, 'goi.son')
  const dossierId = newId() as DossierId
  await execute(desk, receiveCommand(certifiedCopy, dossierId))
  const random = seededRandom(7)
  for (let note = 0; note < 30; note += 1) {
    const letters = Array.from({ length: Math.max(1, noteLetters) }, () => Math.floor(random() * 36).toString(36))
    await execute(desk, { type: 'add-note', dossierId, text: letters.join('') })
  }
  const deciding = desk.findDeciding()
  if (!deciding) throw new Error('not enrolled')
  const pace = linePace(leastTimeoutMs)
  // A quick line until today: the deadline is the least one.
  pace.noteRound(8 * 1024 * 1024, 100)
  const exchange = createExchange({
    desk: deciding,
    identity: desk.identity,
    attachments: desk.attachments,
    lastSuccess: { at: () => undefined, note: async () => undefined },
    pace,
    turn: createQueue(),
    random: () => 0,
    log: silent,
    onChange: () => undefined,
    onReference: () => undefined,
  })
  onTestFinished(() => exchange.stop())
  const inStream = async () => {
    const { rows } = await district.district.store.allUnits.query<{ event_id: string }>(
      `select event_id from event where unit_id = 'goi' order by seq`,
    )
    return rows.map(({ event_id }) => event_id)
  }
  return { index: desk.journal.index, own: [...desk.journal.index.unsent.keys()], exchange, pace, inStream }
}

type Opened = Awaited<ReturnType<typeof openDesk>>

/** Each event once on both sides, at the same places. */
async function expectAllOnce({ index, own, inStream }: Opened): Promise<void> {
  expect(index.unsent.size).toBe(0)
  expect(await inStream()).toEqual(own)
  expect([...index.events.values()].map(({ eventId, streamSeq }) => [eventId, streamSeq])).toEqual(
    own.map((eventId, at) => [eventId, at + 1]),
  )
}

async function tryUntilSent(exchange: Exchange, tries: number): Promise<number> {
  for (let tried = 1; tried <= tries; tried += 1) {
    await exchange.now()
    if (exchange.status().unsentEvents === 0) return tried
  }
  return Number.POSITIVE_INFINITY
}

test.each<LineFault>(['held', 'overdue', 'trickle'])(
  'a round whose deadline passes (%s) is given up and tried again; the district took it, and each event is there once',
  async (fault) => {
    let isCalm = false
    const desk = await openDesk(async (districtUrl) => {
      const line = await openFaultyLine(districtUrl, () => (isCalm ? 'none' : fault), { carriesHints: false })
      onTestFinished(() => line.close())
      return line
    })
    await desk.exchange.now()
    expect(desk.exchange.status()).toMatchObject({ line: 'offline', unsentEvents: 31, nextTryAt: expect.any(String) })
    await vi.waitFor(async () => expect(await desk.inStream()).toHaveLength(31), 10_000)
    isCalm = true
    expect(await tryUntilSent(desk.exchange, 3)).toBe(1)
    expect(desk.exchange.status().line).toBe('online')
    await expectAllOnce(desk)
  },
)

test('a line that drips slower up than any deadline allows gets smaller pages and later deadlines, until all is there once', async () => {
  const desk = await openDesk(async (districtUrl) => {
    const line = await openNarrowLine(districtUrl, { bytesPerSecond: 64 * 1024 })
    onTestFinished(() => line.close())
    return line
  }, 3_000)
  await desk.exchange.now()
  expect(desk.exchange.status()).toMatchObject({ line: 'offline', unsentEvents: 31 })
  expect(await desk.inStream()).toEqual([])
  const pageBefore = 1024 * 1024
  expect(desk.pace.pageBytes()).toBeLessThan(pageBefore)
  expect(await tryUntilSent(desk.exchange, 8)).toBeLessThanOrEqual(8)
  await expectAllOnce(desk)
})
