import { useEffect, useState } from 'react'
import type { CourierView } from '../../../shared/ipc/view.ts'
import { desk, onHint } from '../../app/desk.ts'
import { queueRuns } from '../../store/queue-runs.ts'

/** What lies on sticks; asked again whenever a file is written, read or answered. */
export function useCourier(): CourierView | undefined {
  const [view, setView] = useState<CourierView>()
  useEffect(() => {
    let current = true
    const ask = queueRuns(async () => {
      const answer = await desk('courier.list')
      if (current && answer.ok) setView(answer.value)
    })
    void ask()
    const stop = onHint(['courier'], () => void ask())
    return () => {
      current = false
      stop()
    }
  }, [])
  return view
}
