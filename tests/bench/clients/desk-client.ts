import type { Desk } from '../../../electron/desk.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { demoNow } from '../world/demo-day.ts'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type DeskRounds = {
  /** Opens the desk that is measured and the one that warms; answers how many dossiers the former knows. */
  readonly open: { readonly folder: string; readonly warmFolder: string }
  /** The other desk exchanges until it has handed in everything and knows so many dossiers, and stops. */
  readonly warm: { readonly dossiers: number }
  /** Exchanges until the desk has handed in everything and knows so many dossiers, all in its journal; answers the seconds. */
  readonly exchange: { readonly dossiers: number }
  readonly close: object
}

const giveUpMs = 120_000

/** Main processes of desks as in the app, but without windows. */
let desks: { readonly measured: Desk; readonly warm: Desk } | undefined

function opened(): NonNullable<typeof desks> {
  if (!desks) throw new Error('no desk is open')
  return desks
}

answerRounds<DeskRounds>({
  async open({ folder, warmFolder }) {
    const measured = await openNodeDesk({ folder, demoClock: demoNow() })
    desks = { measured, warm: await openNodeDesk({ folder: warmFolder, demoClock: demoNow() }) }
    return measured.journal.index.dossiers.size
  },
  async warm({ dossiers }) {
    const { warm } = opened()
    await exchangeUntilDone(warm, dossiers)
    await warm.findExchange()?.stop()
    return 0
  },
  exchange: ({ dossiers }) => secondsOf(() => exchangeUntilDone(opened().measured, dossiers)),
  async close() {
    for (const desk of Object.values(opened())) await desk.close()
    desks = undefined
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
