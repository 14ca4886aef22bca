import { ipcMain, type WebFrameMain } from 'electron'
import { err, type Result } from '../../shared/core/result.ts'
import { callChannel } from '../../shared/ipc/bridge.ts'
import type { Log } from '../log.ts'
import { type AnyFailure, answerCall, type Handlers } from './answer-call.ts'

/** The one door: only the own page's top frame may call. */
export function handleCalls(handlers: Handlers, log: Log, isTrusted: (frame: WebFrameMain | null) => boolean): void {
  ipcMain.handle(callChannel, async (event, channel: unknown, input: unknown): Promise<Result<unknown, AnyFailure>> => {
    if (!isTrusted(event.senderFrame)) return err({ code: 'ipc/untrusted-sender' })
    return answerCall(handlers, log, channel, input)
  })
}
