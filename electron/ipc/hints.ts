import type { WebContents } from 'electron'
import { hintChannel } from '../../shared/ipc/bridge.ts'
import type { HintTopic } from '../../shared/ipc/contract.ts'

/**
 * Tells the page what to ask for again: each topic of one moment once, and after what is being answered just now. A page
 * that hears of a saved command before its answer is busy asking when the answer comes.
 */
export function createHints(page: () => WebContents | undefined): (topic: HintTopic) => void {
  const waiting = new Set<HintTopic>()

  function tell(): void {
    const contents = page()
    const topics = [...waiting]
    waiting.clear()
    if (!contents || contents.isDestroyed()) return
    for (const topic of topics) contents.send(hintChannel, topic)
  }

  return (topic) => {
    if (waiting.size === 0) setImmediate(tell)
    waiting.add(topic)
  }
}
