import { rmSync } from 'node:fs'
import path from 'node:path'
import type { Desk } from '../../../electron/desk.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleEvent, sampleId } from '../../harness/sample-events.ts'
import type { Promises } from './promises.ts'
import { draftContent } from './work.ts'

/** What one disk showed; names are those of entries, scans and drafts. */
export interface Checked {
  readonly checked: readonly string[]
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly broken: readonly string[]
}

/** The desk opens the disk the cut left: all that was promised is there, nothing is called damaged, and it goes on. */
export async function checkDisk(promised: Promises, folder: string): Promise<Checked> {
  const desk = await openNodeDesk({ folder })
  const { journal } = desk
  const broken: string[] = []
  if (journal.health().state === 'damaged' || !journal.isWhole()) {
    broken.push(`the journal calls itself ${JSON.stringify(journal.health())}`)
  }
  if (journal.index.cursor.seq < promised.cursor) broken.push(`the cursor is at ${journal.index.cursor.seq}`)
  const found = await compare(desk, [...promised.own, ...promised.others], promised)
  const after = await goOn(desk, folder)
  return { ...found, lost: [...found.lost, ...after.lost], broken: [...broken, ...after.broken] }
}

/**
 * The same disk, and the journal folder goes with the cut: what the district had not taken comes back from the mirror. Where
 * more than that is gone, no number is given, and what others did is asked for again from the beginning.
 */
export async function checkMirrorAlone(promised: Promises, folder: string): Promise<Checked> {
  rmSync(path.join(folder, 'journal'), { recursive: true, force: true })
  const desk = await openNodeDesk({ folder })
  const { journal } = desk
  const broken: string[] = []
  const isShorter = promised.own.some(({ id }) => !journal.index.events.has(id))
  if (isShorter && (journal.isWhole() || journal.health().state !== 'damaged')) {
    broken.push(`entries are gone and the journal calls itself ${JSON.stringify(journal.health())}`)
  }
  if (journal.index.cursor.seq > 0) broken.push(`the cursor of a lost journal is at ${journal.index.cursor.seq}`)
  const found = await compare(desk, promised.unsent, promised)
  const after = await goOn(desk, folder)
  return { ...found, lost: [...found.lost, ...after.lost], broken: [...broken, ...after.broken] }
}

async function compare(
  { journal, drafts, attachments }: Desk,
  expected: readonly StoredEvent[],
  { drafts: savedDrafts, scans }: Promises,
): Promise<Omit<Checked, 'broken'>> {
  const lost: string[] = []
  const doubled: string[] = []
  const histories = new Map<string, readonly StoredEvent[]>()
  for (const event of expected) {
    const history = histories.get(event.dossierId) ?? (await journal.history(event.dossierId))
    histories.set(event.dossierId, history)
    const found = history.filter(({ id }) => id === event.id)
    if (found.length === 0 || JSON.stringify(found[0]) !== JSON.stringify(event)) lost.push(`entry ${event.id}`)
    if (found.length > 1) doubled.push(`entry ${event.id}`)
  }
  const kept = new Map(drafts.list().map((draft) => [String(draft.id), draft.content]))
  for (const [draft, step] of savedDrafts) {
    const found = kept.get(sampleId(9000 + Number(draft)))
    // A later draft of the same name may have reached the disk before it was called saved.
    const isThere = found && typeof found['step'] === 'number' && found['step'] >= (step ?? 0)
    const isWhole = isThere && JSON.stringify(found) === JSON.stringify(draftContent(Number(found['step'])))
    if (step !== undefined && !isWhole) lost.push(`draft ${draft} ${step}`)
  }
  for (const scan of scans) if (!Buffer.isBuffer(await attachments.find(scan))) lost.push(`scan ${scan}`)
  const checked = [...expected.map(({ id }) => `entry ${id}`), ...scans.map((scan) => `scan ${scan}`)]
  return { checked, lost, doubled }
}

/** One more entry, and the next start finds it: behind a whole journal, or behind one that still says what is gone until a pull. */
async function goOn(desk: Desk, folder: string): Promise<Pick<Checked, 'lost' | 'broken'>> {
  const { journal } = desk
  await journal.append([{ own: [chainEvent(journal.index.chain, sampleEvent(900_000, 900_000, 1))] }])
  const before = [...journal.index.unsent.keys()]
  const expected = journal.isWhole() ? 'whole' : 'damaged'
  await desk.close()
  const again = await openNodeDesk({ folder })
  const broken: string[] = []
  const { state } = again.journal.health()
  if (state !== expected) broken.push(`after one more entry: ${state}`)
  const lost = before.filter((id) => !again.journal.index.unsent.has(id)).map((id) => `entry ${id} at the next start`)
  await again.journal.scrub()
  if (again.journal.health().state !== expected) broken.push('the scrub found damage')
  await again.close()
  return { lost, broken }
}
