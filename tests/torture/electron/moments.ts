import { readdirSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { DrivenApp } from './driven-app.ts'
import type { Ledger } from './ledger.ts'
import { storeIsFull } from './page-store.ts'

/** What the app is in the middle of when it is killed. */
export type Moment = 'write' | 'saving' | 'exchange' | 'projection' | 'rebuild'

export interface Scene {
  readonly app: DrivenApp
  readonly profile: string
  readonly ledger: Ledger
  readonly random: () => number
  /** Kills at once: nothing that was not read before is taken for an answer. */
  readonly strike: () => Promise<void>
}

/**
 * Brings the app to its moment and kills it there; answers whether the blow fell in it, as far as the files and the answers
 * tell from outside. What only looks the same from outside is not counted.
 */
export const strikeIn: Readonly<Record<Moment, (scene: Scene) => Promise<boolean>>> = {
  /**
   * The mirror's log, where an own event goes as it goes to the journal's, was just written to, and no answer was read since;
   * whether an entry was on its way shows afterwards (`kill.ts`).
   */
  async write({ app, profile, ledger, random, strike }) {
    const work = keepWorking(app, ledger)
    await wait(random() * 250)
    let answersBefore = ledger.answers()
    const isGrowing = await untilGrown(
      () => lastWriteIn(path.join(profile, 'desk', 'mirror')),
      () => {
        answersBefore = ledger.answers()
      },
    )
    const isHit = isGrowing && ledger.underWay() > 0 && ledger.answers() === answersBefore
    await work.endWith(strike)
    return isHit
  },
  /** Any instant in which a command waits for its answer. */
  async saving({ app, ledger, random, strike }) {
    const work = keepWorking(app, ledger)
    await wait(random() * 450)
    const isHit = ledger.underWay() > 0
    await work.endWith(strike)
    return isHit
  },
  /** A round trip with the district was asked for and not over; often what it brought is just being written. */
  async exchange({ app, profile, ledger, random, strike }) {
    for (let at = 0; at < 8; at += 1) await ledger.giveOne(app)
    let isOver = false
    const round = app.call('exchange.now').then(
      () => {
        isOver = true
      },
      () => undefined,
    )
    const patience = random() < 0.5 ? 1_000 : random() * 25
    await untilGrown(() => lastWriteIn(path.join(profile, 'desk', 'journal')), undefined, patience)
    const isHit = !isOver
    await strike()
    await round
    return isHit
  },
  /** The page's store had begun to grow by what was just saved. */
  async projection({ app, profile, ledger, random, strike }) {
    const work = keepWorking(app, ledger)
    await wait(random() * 250)
    const isHit = await untilGrown(() => sizeOf(path.join(profile, 'IndexedDB')))
    await work.endWith(strike)
    return isHit
  },
  /** Documents were still missing in a page's store that is built anew. */
  async rebuild({ app, profile, random, strike }) {
    let isOver = false
    const rebuilt = app.inPage(storeIsFull).then(
      () => {
        isOver = true
      },
      () => undefined,
    )
    const isGrowing = await untilGrown(() => sizeOf(path.join(profile, 'IndexedDB')))
    await wait(random() * 60)
    const isHit = isGrowing && !isOver
    await strike()
    await rebuilt
    return isHit
  },
}

/** Two officers' worth of commands without a pause. */
function keepWorking(app: DrivenApp, ledger: Ledger): { endWith: (strike: () => Promise<void>) => Promise<void> } {
  let isOver = false
  const work = async () => {
    while (!isOver) {
      const isAnswered = await ledger.giveOne(app).then(
        () => true,
        () => false,
      )
      if (!isAnswered) return
    }
  }
  const working = [work(), work()]
  return {
    async endWith(strike) {
      isOver = true
      await strike()
      await Promise.all(working)
    },
  }
}

const growthPatienceMs = 5_000

/** Looks once in every turn, so that answers are read in between; whoever waits goes on in the turn that saw it grow. */
async function untilGrown(
  measure: () => number,
  onStill?: () => void,
  patienceMs = growthPatienceMs,
): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  let before = measure()
  onStill?.()
  while (Date.now() < deadline) {
    await turn()
    const now = measure()
    if (now > before) return true
    before = now
    onStill?.()
  }
  return false
}

function sizeOf(folder: string): number {
  return statsIn(folder).reduce((sum, { size }) => sum + size, 0)
}

/** When a log in it was last written to, in milliseconds: they are laid out ahead and seldom grow. */
function lastWriteIn(folder: string): number {
  return Math.max(0, ...statsIn(folder, '.log').map(({ mtimeMs }) => mtimeMs))
}

/** A file may be gone between its name and its size. */
function statsIn(folder: string, ending = ''): readonly Stats[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    return files.flatMap(
      ({ parentPath, name }) => statSync(path.join(parentPath, name), { throwIfNoEntry: false }) ?? [],
    )
  } catch {
    return []
  }
}
