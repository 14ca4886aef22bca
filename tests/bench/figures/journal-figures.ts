import path from 'node:path'
import { openNodeDesk } from '../../harness/node-desk.ts'
import type { Part } from '../part.ts'
import { demoNow } from '../world/demo-day.ts'
import { figureOf } from './figure.ts'

/** Opening the desk's files as main does at start: every frame checked and opened, the index built. */
export const journalPart: Part = {
  id: 'journal',
  what: 'opening the journal',
  async run({ rounds, filledDesk }) {
    const { profile, events } = await filledDesk()
    const opens: number[][] = []
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now()
      const desk = await openNodeDesk({ folder: path.join(profile, 'desk'), demoClock: demoNow() })
      opens.push([performance.now() - start])
      const found = desk.journal.index.events.size
      await desk.close()
      if (found < events) throw new Error(`the journal holds ${found} of ${events} events`)
    }
    return [figureOf({ id: 'journal-open', what: 'journal opened, checked and indexed', unit: 'ms', rounds: opens })]
  },
}
