import { writeSync } from 'node:fs'
import path from 'node:path'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { DraftId, StaffId } from '../../../shared/core/ids.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleId } from '../../harness/sample-events.ts'
import { seededRandom } from '../../harness/seeded-random.ts'
import { draftContent, entryOf, otherEntry, scanBytes } from '../power-cut/work.ts'

/**
 * A desk's work under the recorder: each thing is said on standard output once the desk calls it durable.
 * `large` entries make the journal go on in a second file.
 */
const [folder = '', seed = '1', count = '100', large = ''] = process.argv.slice(2)
const random = seededRandom(Number(seed))
const said = (line: string) => writeSync(1, `${line}\n`)

const desk = await openNodeDesk({ folder: path.join(folder, 'desk') })
const { journal, drafts, attachments } = desk
let seq = 0
let number = 0
const isLarge = large === 'large'
for (let step = 0; step < Number(count); step += 1) {
  const chance = random()
  if (chance < 0.68) {
    // Now and then many at once, so that the mirror is rewritten.
    const count = chance < 0.06 && !isLarge ? 30 : 1
    let head = journal.index.chain
    const own = Array.from({ length: count }, (_, at) => {
      const event = chainEvent(head, entryOf(Number(seed), number + at + 1, isLarge))
      head = event.chain
      return event
    })
    await journal.append([{ own }])
    number += count
    said(`own ${number}`)
  } else if (chance < 0.78) {
    seq += 1
    const event = otherEntry(Number(seed), seq)
    const receivedAt = '2022-08-17T02:00:00.000Z'
    const stream = [{ seq, eventId: event.id, text: JSON.stringify(event), receivedAt, findings: [] }]
    await journal.append([{ stream, cursor: { epoch: 'e', seq } }])
    said(`other ${seq}`)
  } else if (chance < 0.86) {
    const draft = Math.floor(random() * 4)
    const content = draftContent(step)
    const savedAt = '2022-08-17T01:00:00.000Z'
    await drafts.save({ id: sampleId(9000 + draft) as DraftId, staffId: 'goi.hanh' as StaffId, savedAt, content })
    said(`draft ${draft} ${step}`)
  } else if (chance < 0.88) {
    const draft = Math.floor(random() * 4)
    await drafts.discard(sampleId(9000 + draft) as DraftId)
    said(`discard ${draft} ${step}`)
  } else if (chance < 0.94) {
    said(`scan ${await attachments.put(scanBytes(Number(seed), step))}`)
  } else if (chance < 0.97) {
    await journal.saveIndex()
    said('index')
  } else {
    // The district takes what waits: the mirror holds nothing but the way it has come.
    const taken = [...journal.index.unsent.values()]
    const verdicts = taken.map(({ eventId }) => {
      seq += 1
      const place = { seq, receivedAt: '2022-08-17T02:00:00.000Z', findings: [] }
      return { eventId: eventId as ReturnType<typeof entryOf>['id'], verdict: 'accepted' as const, ...place }
    })
    await journal.append([{ verdicts, cursor: { epoch: 'e', seq } }])
    said(`taken ${seq}`)
  }
}
await desk.close()
said('closed')
