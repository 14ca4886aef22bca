import path from 'node:path'
import { type OpenedJournal, openJournal } from '../../electron/journal/journal.ts'
import { sampleDeskId } from './sample-events.ts'

/** Keys of the journal and of its mirror. */
export const sampleKeys = { key: Buffer.alloc(32, 7), mirrorKey: Buffer.alloc(32, 9) } as const

export function sampleWitness(folder: string): string {
  return path.join(folder, 'witness')
}

/** The journal of the sample desk in a folder; `expected` where one must be there already. Whoever opens it closes it. */
export function openSampleJournal(folder: string, expected = false): Promise<OpenedJournal> {
  const [own, mirror] = [path.join(folder, 'journal'), path.join(folder, 'mirror')]
  return openJournal({
    folder: own,
    mirrorFolder: mirror,
    witnessFile: sampleWitness(folder),
    ...sampleKeys,
    deskId: () => sampleDeskId,
    expected: () => (expected ? { today: '2022-08-17', numbersAtMost: 250 } : undefined),
  })
}
