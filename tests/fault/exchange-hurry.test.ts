import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Desk } from '../../electron/desk.ts'
import { chainEvent } from '../../electron/journal/chain.ts'
import type { CommandId, DossierId, EventId } from '../../shared/core/ids.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { type LineFault, openFaultyLine } from '../harness/faulty-line.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()

const certifiedCopy = procedureOf('2.000815')
const longNote = 'Ghi chú dài của một cuộc gọi. '.repeat(130)
const notes = 1_100

/** A desk with four pages to hand in, so that rounds leave before others are answered, and one that takes them in. */
async function openWorld(nextFault: () => LineFault) {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  const line = await openFaultyLine(district.url, nextFault)
  onTestFinished(() => line.close())
  const folder = tempFolder()
  const open = async (name: string) => {
    const desk = await openNodeDesk({ folder: path.join(folder, name), random: () => 0 })
    onTestFinished(() => desk.close())
    await enrolDesk(desk, district.url, await district.code(), name)
    const identity = desk.identity.current()
    if (identity) await desk.identity.save({ ...identity, districtUrl: line.url })
    await signIn(desk, 'goi.son')
    return desk
  }
  const [giver, taker] = [await open('Quầy 1'), await open('Quầy 2')]
  const dossierId = newId() as DossierId
  await execute(giver, receiveCommand(certifiedCopy, dossierId))
  await writeNotes(giver, dossierId)
  return { district, giver, taker }
}

/** As if each had been added by hand, but many in one write. */
async function writeNotes(desk: Desk, dossierId: DossierId): Promise<void> {
  const [received] = await desk.journal.history(dossierId)
  if (!received) throw new Error('nothing received')
  let head = desk.journal.index.chain
  for (let from = 0; from < notes; from += 50) {
    const own = Array.from({ length: 50 }, (_, at) => {
      const text = `${from + at} ${longNote}`
      const id = newId() as EventId
      const named = { id, commandId: newId() as CommandId, seq: from + at + 2 }
      const chained = chainEvent(head, { ...received, ...named, type: 'note-added', body: { text } })
      head = chained.chain
      return chained
    })
    await desk.journal.append([{ own }])
  }
}

test.each([1, 2, 3])(
  'hurried rounds on a line that loses, doubles and reorders them (seed %i): each event once, in order',
  async (seed) => {
    const faults: readonly LineFault[] = ['lost-request', 'lost-reply', 'doubled', 'cut', 'reordered', 'late']
    const random = seededRandom(seed)
    let calm = seed === 1
    const { district, giver, taker } = await openWorld(() => {
      return calm || random() < 0.5 ? 'none' : (faults[Math.floor(random() * faults.length)] ?? 'none')
    })
    giver.startExchange()
    for (let round = 0; round < 12 && giver.journal.index.unsent.size > 0; round += 1) await giver.findExchange()?.now()
    calm = true
    await giver.findExchange()?.now()
    expect(giver.journal.index.unsent.size).toBe(0)
    taker.startExchange()
    await taker.findExchange()?.now()
    const { rows } = await district.district.store.allUnits.query<{ seq: number; n: number; text: string }>(
      `select e.seq, c.n, e.text from event e join chain_link c using (unit_id, event_id) where unit_id = 'goi' order by e.seq`,
    )
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1))
    expect(rows.map(({ n }) => n)).toEqual(rows.map((_, at) => at + 1))
    expect(rows).toHaveLength(notes + 1)
    expect(taker.journal.index.cursor).toEqual(giver.journal.index.cursor)
    expect(taker.journal.index.events.size).toBe(notes + 1)
    const incidents = await district.district.store.allUnits.query(`select code from incident where closed_at is null`)
    expect(incidents.rows).toEqual([])
  },
)
