import path from 'node:path'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { demoNow } from '../world/demo-day.ts'
import { type Figure, figureOf } from './figure.ts'

/** Opening the desk's files as main does at start: every frame checked and opened, the index built. */
export async function journalFigures(profile: string, events: number, rounds: number): Promise<Figure[]> {
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
}
