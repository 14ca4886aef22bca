import type { Result } from '../core/result.ts'
import type { Channel, Failure, HintTopic, Input, Output } from './contract.ts'

/** What the preload puts on `window.desk`: one function to ask, one to be told to ask. */
export interface DeskBridge {
  readonly call: <C extends Channel>(channel: C, input: Input<C>) => Promise<Result<Output<C>, Failure<C>>>
  /** Returns how to stop listening. */
  readonly onHint: (listener: (topic: HintTopic) => void) => () => void
}

/** Names of the two Electron channels everything goes through. */
export const callChannel = 'desk:call'
export const hintChannel = 'desk:hint'

/** In the page's address after its process died and main opened it again. */
export const reopenedMark = 'reopened'
