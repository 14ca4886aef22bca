import { useEffect, useState } from 'react'
import type { OutboxView } from '../../../shared/ipc/view.ts'
import { desk, onHint } from '../../app/desk.ts'
import { queueRuns } from '../../store/queue-runs.ts'

/** Rows shown at once; the totals count everything. */
export const outboxLimit = 200

/** What this desk made and the upper tier has not taken yet; asked again whenever the exchange or the journal moves. */
export function useOutbox(): OutboxView | undefined {
  const [outbox, setOutbox] = useState<OutboxView>()
  useEffect(() => {
    let current = true
    const ask = queueRuns(async () => {
      const answer = await desk('exchange.outbox', { limit: outboxLimit })
      if (current && answer.ok) setOutbox(answer.value)
    })
    void ask()
    const stop = onHint(['exchange', 'projection'], () => void ask())
    return () => {
      current = false
      stop()
    }
  }, [])
  return outbox
}
