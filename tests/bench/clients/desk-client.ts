import type { Desk } from '../../../electron/desk.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { demoNow } from '../world/demo-day.ts'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type DeskRounds = {
  /** Answers how many dossiers the desk knows. */
  readonly open: { readonly folder: string }
  /** One whole exchange; answers its seconds. */
  readonly exchange: object
  /** Answers how many dossiers the desk knows now, and throws when something was not handed in. */
  readonly close: object
}

/** The main process of a desk as in the app, but without windows; one folder at a time. */
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
  async exchange() {
    const seconds = await secondsOf(async () => {
      opened().startExchange()
      await opened().findExchange()?.now()
    })
    const status = opened().findExchange()?.status()
    if (status?.line !== 'online') throw new Error(`the exchange ended ${status?.line} ${status?.code ?? ''}`)
    return seconds
  },
  async close() {
    const { dossiers, unsent } = opened().journal.index
    if (unsent.size > 0) throw new Error('not everything was handed in')
    await opened().close()
    desk = undefined
    return dossiers.size
  },
})
