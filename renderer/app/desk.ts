import type { Result } from '../../shared/core/result.ts'
import type { DeskBridge } from '../../shared/ipc/bridge.ts'
import type { Channel, Failure, HintTopic, Input, Output } from '../../shared/ipc/contract.ts'

declare global {
  interface Window {
    /** Put there by the preload; by a fake in tests. */
    desk: DeskBridge
  }
}

/** Asks main. Every answer is a `Result`; callers never catch. */
export function desk<C extends Channel>(
  channel: C,
  ...[input]: Input<C> extends undefined ? [input?: undefined] : [input: Input<C>]
): Promise<Result<Output<C>, Failure<C>>> {
  return window.desk.call(channel, input as Input<C>)
}

/** Main has news about one of `topics`: ask again. Returns how to stop listening. */
export function onHint(topics: readonly HintTopic[], listener: () => void): () => void {
  return window.desk.onHint((topic) => {
    if (topics.includes(topic)) listener()
  })
}
