import type { Part } from '../part.ts'
import { openSignedIn } from '../world/signed-in-app.ts'
import { receptions, timeEach } from './commands.ts'
import { figureOf } from './figure.ts'

const commandsPerRound = 15

/**
 * The page's view built anew from the journal, on a database of the bench's own beside the app's; and what an officer
 * feels who receives dossiers meanwhile.
 */
export const rebuildPart: Part = {
  id: 'rebuild',
  what: 'rebuilding the view, and receiving a dossier meanwhile',
  async run({ rounds, filledDesk, whenDone, say }) {
    const app = await openSignedIn(await filledDesk())
    whenDone(app.close)
    const { page } = app
    const rebuilds: number[][] = []
    for (let round = 0; round < rounds; round += 1) {
      rebuilds.push([await page.evaluate(() => benchProbe.rebuild())])
      say(`rebuild ${round + 1} of ${rounds}: ${Math.round(rebuilds[round]?.[0] ?? 0)} ms`)
    }
    const meanwhile: (readonly number[])[] = []
    while (meanwhile.length < rounds) {
      let running = true
      const rebuilt = page
        .evaluate(() => benchProbe.rebuild())
        .finally(() => {
          running = false
        })
      do meanwhile.push(await timeEach(page, receptions(commandsPerRound)))
      while (running && meanwhile.length < rounds)
      await rebuilt
    }
    await page.evaluate(() => benchProbe.close())
    const during = 'a reception → durable, while the view is rebuilt'
    return [
      figureOf({ id: 'rebuild', what: 'the whole view anew from the journal', unit: 'ms', rounds: rebuilds }),
      figureOf({ id: 'command-durable-rebuilding', what: during, unit: 'ms', rounds: meanwhile }),
    ]
  },
}
