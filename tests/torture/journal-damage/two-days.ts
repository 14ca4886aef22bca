import { appendFileSync, cpSync } from 'node:fs'
import path from 'node:path'
import type { Desk } from '../../../electron/desk.ts'
import { projectionPage } from '../../../electron/projection/projection.ts'
import type { DeskId } from '../../../shared/core/ids.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../../harness/node-desk.ts'
import { receiveCommand } from '../../harness/sample-commands.ts'
import { sampleEvent, sampleId } from '../../harness/sample-events.ts'
import type { TestDistrict } from '../../harness/test-district.ts'

const perDay = 40
const unsentAtEnd = 6
/** More than one file of the journal holds. */
const fillerTexts = 7
const fillerText = 'x'.repeat(2_500_000)
export const certifiedCopy = procedureOf('2.000815')

/** The desk as it was before the harm. */
export interface Before {
  readonly folder: string
  readonly yesterday: string
  readonly held: ReadonlySet<string>
  readonly unsent: ReadonlySet<string>
  readonly numbers: Set<string>
  readonly checkpoint: { readonly after: number; readonly journalId: string }
}

/** Beside the desk's folder: it does not go back in time with it. */
export const witnessOf = (folder: string) => `${folder}.witness`
export const openDeskAt = (folder: string) => openNodeDesk({ folder, witnessFile: witnessOf(folder), random: () => 0 })

export async function workTwoDays(folder: string, { url, code }: TestDistrict, isLong: boolean): Promise<Before> {
  const place = path.join(folder, 'desk')
  const yesterday = path.join(folder, 'yesterday')
  const numbers = new Set<string>()
  const first = await openDeskAt(place)
  await enrolDesk(first, url, await code(), 'Quầy 1')
  await receive(first, perDay, numbers)
  await exchange(first)
  await first.journal.saveIndex()
  await first.close()
  cpSync(place, yesterday, { recursive: true })
  // The power went, and the second morning began with a torn write cut off: a healing the copy knows nothing of.
  appendFileSync(path.join(place, 'journal', '000001.log'), Buffer.alloc(20, 7))
  const second = await openDeskAt(place)
  const filler = isLong ? await fillSegment(second) : new Set<string>()
  await receive(second, perDay, numbers)
  await exchange(second)
  const held = new Set([...second.journal.index.events.keys()].filter((id) => !filler.has(id)))
  await second.findExchange()?.stop()
  await second.journal.saveIndex()
  await receive(second, unsentAtEnd, numbers)
  const unsent = new Set(second.journal.index.unsent.keys())
  const page = await projectionPage(second.journal, { after: 0, limit: 500 })
  await second.close()
  const checkpoint = { after: page.position, journalId: page.journalId }
  return { folder: place, yesterday, held, unsent, numbers, checkpoint }
}

/** Others' events so long that the second day goes on in a second file; the district never had them. */
async function fillSegment({ journal }: Desk): Promise<ReadonlySet<string>> {
  const filler = new Set<string>()
  for (let at = 1; at <= fillerTexts; at += 1) {
    const deskId = sampleId(8_000_000) as DeskId
    const event = { ...sampleEvent(8_000_000 + at, 8_000_000, 1, 'note-added', { text: fillerText }), deskId }
    const about = { dossierId: event.dossierId, deskId, type: event.type }
    const item = { seq: 8_000_000 + at, eventId: event.id, text: JSON.stringify(event), about, receivedAt: event.at }
    await journal.append([{ stream: [{ ...item, findings: [] }] }])
    filler.add(event.id)
  }
  return filler
}

async function receive(desk: Desk, count: number, numbers: Set<string>): Promise<void> {
  if (!desk.session.staff()) await signIn(desk, 'goi.son')
  for (let at = 0; at < count; at += 1) {
    const done = await execute(desk, receiveCommand(certifiedCopy, newId()))
    if (!done.ok) throw new Error(`reception refused: ${done.error.code}`)
    numbers.add(done.value.number?.text ?? '')
  }
}

export async function exchange(desk: Desk): Promise<void> {
  desk.startExchange()
  for (let round = 0; round < 5; round += 1) {
    await desk.findExchange()?.now()
    if (desk.journal.index.unsent.size === 0 && desk.journal.isWhole()) return
  }
}
