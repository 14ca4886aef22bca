import path from 'node:path'
import type { Part } from '../part.ts'
import { copyFolder } from '../world/cache.ts'
import type { ElectronApp } from '../world/electron-app.ts'
import type { FilledDesk } from '../world/filled-desk.ts'
import { openSignedIn } from '../world/signed-in-app.ts'
import { receptions, timeEach } from './commands.ts'
import { figureOf } from './figure.ts'

const commandsPerRound = 15

/**
 * ```
 * each round:      copy of the profile ─► app ─► view anew (once also: ─► view anew behind the removal of that one)
 * after them:      copy of the profile ─► app ─► view anew, and receptions until there are as many rounds of them
 * ```
 * The page's view is built from the journal on a database of the bench's own beside the app's. A PC that lost its view builds it
 * once; one whose view is damaged, or of an older form, removes it first.
 */
export const rebuildPart: Part = {
  id: 'rebuild',
  what: 'rebuilding the view, and receiving a dossier meanwhile',
  async run({ rounds, filledDesk, whenDone, say }) {
    const desk = await filledDesk()
    const anew: number[][] = []
    const behind: number[][] = []
    for (let round = 1; round <= rounds; round += 1) {
      const app = await openCopy(desk, round)
      try {
        anew.push([await rebuild(app)])
        if (behind.length === 0) behind.push([await rebuild(app)])
      } finally {
        await app.close()
      }
      say(`rebuild ${round} of ${rounds}: ${Math.round(anew.flat().at(-1) ?? 0)} ms`)
    }
    const app = await openCopy(desk, rounds + 1)
    whenDone(app.close)
    const meanwhile: (readonly number[])[] = []
    while (meanwhile.length < rounds) {
      let running = true
      const rebuilt = rebuild(app).finally(() => {
        running = false
      })
      do meanwhile.push(await timeEach(app.page, receptions(commandsPerRound)))
      while (running && meanwhile.length < rounds)
      await rebuilt
    }
    const during = 'a reception → durable, while the view is rebuilt'
    return [
      figureOf({ id: 'rebuild', what: 'the whole view anew from the journal', unit: 'ms', rounds: anew }),
      figureOf({
        id: 'rebuild-again',
        what: 'the same right behind the removal of a view',
        unit: 'ms',
        rounds: behind,
      }),
      figureOf({ id: 'command-durable-rebuilding', what: during, unit: 'ms', rounds: meanwhile }),
    ]
  },
}

function rebuild({ page }: ElectronApp): Promise<number> {
  return page.evaluate(() => benchProbe.rebuild())
}

/** The district sees the same desk each time, and nothing new of it before the last. */
function openCopy(desk: FilledDesk, number: number): Promise<ElectronApp> {
  const profile = path.join(path.dirname(desk.profile), `app-${number}`)
  copyFolder(desk.profile, profile)
  copyFolder(`${desk.profile}.witness`, `${profile}.witness`)
  return openSignedIn({ ...desk, profile })
}
