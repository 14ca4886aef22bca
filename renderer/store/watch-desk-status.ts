import type { DeskStatus } from '../../shared/ipc/view.ts'
import { desk, onHint } from '../app/desk.ts'
import { setDeskClock } from './desk-clock.ts'
import { queueRuns } from './queue-runs.ts'
import { sendingCell } from './sending.ts'
import { deskStatusCell } from './use-desk-status.ts'

/** Takes over a status that a call answered, so that the screen need not ask again. */
export function acceptDeskStatus(status: DeskStatus): void {
  setDeskClock(status.now)
  sendingCell.set(new Set(status.exchange.sending))
  deskStatusCell.set(status)
}

/** Asks for the status now and whenever main hints that it changed. Returns how to stop. */
export function watchDeskStatus(): () => void {
  let watching = true
  const refresh = queueRuns(async () => {
    const answer = await desk('desk.status')
    if (watching && answer.ok) acceptDeskStatus(answer.value)
  })
  void refresh()
  const stop = onHint(['status', 'exchange', 'reference'], () => void refresh())
  return () => {
    watching = false
    stop()
  }
}
