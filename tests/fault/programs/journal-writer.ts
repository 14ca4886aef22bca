import { chainEvent } from '../../../electron/journal/chain.ts'
import { sampleEvent, sampleReception } from '../../harness/sample-events.ts'
import { openSampleJournal } from '../../harness/sample-journal.ts'

/** Appends events as fast as the disk allows and says each number once it is durable, until it is killed. */
const [folder = '', first = '1'] = process.argv.slice(2)
const { journal } = await openSampleJournal(folder, Number(first) > 2)
process.stdout.write('open\n')
for (let number = Number(first); ; number += 1) {
  const dossier = Math.floor(number / 5)
  const event =
    number % 5 === 0 ? sampleReception(number, dossier, number) : sampleEvent(number, dossier, (number % 5) + 1)
  await journal.append([{ own: [chainEvent(journal.index.chain, event)] }])
  process.stdout.write(`${number}\n`)
}
