import path from 'node:path'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { openJournal } from '../../../electron/journal/journal.ts'
import { sampleDeskId, sampleEvent, sampleReception } from '../../harness/sample-events.ts'

/** Appends events as fast as the disk allows and says each number once it is durable, until it is killed. */
const [folder = '', first = '1'] = process.argv.slice(2)
const { journal } = await openJournal({
  folder: path.join(folder, 'journal'),
  mirrorFolder: path.join(folder, 'mirror'),
  key: Buffer.alloc(32, 7),
  mirrorKey: Buffer.alloc(32, 9),
  deskId: () => sampleDeskId,
  expected: Number(first) > 2,
})
process.stdout.write('open\n')
for (let number = Number(first); ; number += 1) {
  const dossier = Math.floor(number / 5)
  const event =
    number % 5 === 0 ? sampleReception(number, dossier, number) : sampleEvent(number, dossier, (number % 5) + 1)
  await journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
  process.stdout.write(`${number}\n`)
}
