import type { Desk } from '../../../electron/desk.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { demoNow } from '../world/demo-day.ts'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type DeskRounds = {
  /** Answers how many dossiers the desk knows. */
  readonly open: { readonly folder: string }
  /** A desk of another folder does the same first, however much it has; answers the seconds. */
  readonly warm: { readonly folder: string; readonly dossiers: number }
  /** Exchanges until the desk has handed in everything and knows so many dossiers, all in its journal; answers the seconds. */
  readonly exchange: { readonly dossiers: number }
  readonly close: object
}

const giveUpMs = 120_000

/** The main process of a desk as in the app, but without windows; what is measured is one folder at a time. */
let desk: Desk | undefined

function opened(): Desk {
  if (!desk) throw new Error('no desk is open')
  return desk
}

answerRounds<DeskRounds>({
  async open({ folder }) {
    desk = await openNodeDesk({ folder, demoClock: demoNow() })
    return desk.journal.index.dossiers.size
  },
  async warm({ folder, dossiers }) {
    const other = await openNodeDesk({ folder, demoClock: demoNow() })
    try {
      return await secondsOf(() => exchangeUntilDone(other, dossiers))
    } finally {
      await other.close()
    }
  },
  exchange: ({ dossiers }) => secondsOf(() => exchangeUntilDone(opened(), dossiers)),
  async close() {
    await opened().close()
    desk = undefined
    return 0
  },
})

function exchangeUntilDone({ journal, findExchange, startExchange }: Desk, dossiers: number): Promise<void> {
  startExchange()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not done: ${JSON.stringify(findExchange()?.status())}`)), giveUpMs)
    journal.onAppend(() => {
      const { index } = journal
      if (index.unsent.size > 0 || index.dossiers.size < dossiers) return
      clearTimeout(timer)
      resolve()
    })
  })
}
