import { createHash } from 'node:crypto'
import fs from 'node:fs'
import type { DossierId, DraftId } from '../../../shared/core/ids.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../../harness/node-desk.ts'
import { documentsFor, receiveCommand } from '../../harness/sample-commands.ts'
import { seededRandom } from '../../harness/seeded-random.ts'

/**
 * A desk at work on a PC that will die: it says a line for everything it acknowledged and everything it brought to
 * safety, and goes on until it is killed.
 */
export type DoomedLine =
  | { readonly said: 'enrolled'; readonly deskId: string; readonly lane: number }
  | { readonly said: 'acknowledged'; readonly eventId: string; readonly number?: string; readonly scan?: string }
  | { readonly said: 'draft'; readonly draftId: string }
  /** Everything said before line number `upTo` is safe by that road. */
  | { readonly said: 'safe'; readonly road: 'backup' | 'stick' | 'district'; readonly upTo: number }

const [folder = '', url = '', code = '', backupFolder = '', stick = '', seedText = '1'] = process.argv.slice(2)
const random = seededRandom(Number(seedText))
const certifiedCopy = procedureOf('2.000815')
let lines = 0

// Written at once: a line that is buffered would be forgotten by the kill, not by the desk.
function say(line: DoomedLine): void {
  fs.writeSync(1, `${JSON.stringify(line)}\n`)
  lines += 1
}

const desk = await openNodeDesk({ folder, random: () => 0 })
await enrolDesk(desk, url, code, 'Quầy sẽ hỏng')
await signIn(desk, 'goi.son')
desk.startExchange()
await desk.findExchange()?.now()
const identity = desk.identity.current()
say({ said: 'enrolled', deskId: identity?.deskId ?? '', lane: identity?.lane.id ?? 0 })
// The recovery key came with the exchange; what is copied from now on can be opened elsewhere.
while (!desk.backup.status().hasRecoveryKey) await desk.findExchange()?.now()
await desk.backup.choose(backupFolder)

const dossiers: DossierId[] = []
let copying: Promise<void> | undefined
for (;;) {
  const chance = random()
  if (chance < 0.5) await receive()
  else if (chance < 0.7) await addNote()
  else if (chance < 0.8) await saveDraft()
  else if (chance < 0.93) copying ??= backUp()
  else if (chance < 0.97) await writeStick()
  else await exchange()
  // Copies run beside the work, as they do in the app; now and then work waits for one.
  if (random() < 0.1) await copying
}

async function receive(): Promise<void> {
  const dossierId = newId() as DossierId
  const bytes = Buffer.from(`%PDF-1.7\n${dossierId}`)
  const withScan = random() < 0.5
  const sha256 = withScan ? await desk.attachments.put(bytes) : ''
  const scan = { sha256, bytes: bytes.byteLength, mediaType: 'application/pdf' as const, name: 'ban-quet.pdf' }
  const documents = documentsFor(certifiedCopy).map((document, at) => ({
    ...document,
    scans: withScan && at === 0 ? [scan] : [],
  }))
  const done = await execute(desk, receiveCommand(certifiedCopy, dossierId, { documents }))
  if (!done.ok) return
  dossiers.push(dossierId)
  const named = withScan && documents.length > 0 ? { scan: createHash('sha256').update(bytes).digest('hex') } : {}
  say({
    said: 'acknowledged',
    eventId: done.value.eventId,
    ...(done.value.number ? { number: done.value.number.text } : {}),
    ...named,
  })
}

async function addNote(): Promise<void> {
  const dossierId = dossiers[Math.floor(random() * dossiers.length)]
  if (!dossierId) return
  const done = await execute(desk, { type: 'add-note', dossierId, text: `Ghi chú ${dossiers.length}` })
  if (done.ok) say({ said: 'acknowledged', eventId: done.value.eventId })
}

async function saveDraft(): Promise<void> {
  const id = newId() as DraftId
  const staff = desk.session.staff()
  if (!staff) return
  await desk.drafts.save({ id, content: { note: 'dở dang' }, staffId: staff.id, savedAt: desk.clock.instant() })
  say({ said: 'draft', draftId: id })
}

async function backUp(): Promise<void> {
  const upTo = lines
  const { state } = await desk.backup.now()
  if (state === 'done') say({ said: 'safe', road: 'backup', upTo })
  copying = undefined
}

async function writeStick(): Promise<void> {
  const upTo = lines
  const written = await desk.courier.write(stick)
  if (written.ok) say({ said: 'safe', road: 'stick', upTo })
}

async function exchange(): Promise<void> {
  const upTo = lines
  await desk.findExchange()?.now()
  if (desk.journal.index.unsent.size === 0) say({ said: 'safe', road: 'district', upTo })
}
