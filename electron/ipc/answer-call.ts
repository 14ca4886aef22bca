import type { z } from 'zod'
import { type PlainCheck, plainCheckOf } from '../../shared/core/plainly-fits.ts'
import { err, type Result } from '../../shared/core/result.ts'
import {
  type Channel,
  deskContract,
  type Failure,
  type Input,
  type IpcFailure,
  type Output,
} from '../../shared/ipc/contract.ts'
import { findStoreFailure } from '../disk/store-failure.ts'
import type { Log } from '../log.ts'

/** A service for each call of the contract; a channel without one does not compile. */
export type Handlers = {
  readonly [C in Channel]: (input: Input<C>) => Promise<Result<Output<C>, Failure<C>>>
}

export type AnyFailure = IpcFailure | { readonly code: string }

/** Checks the channel and its input, runs the service, and turns an exception into one code. */
export async function answerCall(
  handlers: Handlers,
  log: Log,
  channel: unknown,
  raw: unknown,
): Promise<Result<unknown, AnyFailure>> {
  if (!isChannel(channel)) return err({ code: 'ipc/bad-input', detail: 'channel' })
  const input = readInput(channel, raw)
  if (!input.success) return err({ code: 'ipc/bad-input', detail: input.error.issues[0]?.path.join('.') ?? '' })
  try {
    // The handler of a channel takes that channel's input: the table above proves it, a union cannot show it.
    const handler = handlers[channel] as (input: unknown) => Promise<Result<unknown, AnyFailure>>
    return await handler(input.data)
  } catch (cause) {
    log.error('call-failed', cause, { channel })
    return err(findStoreFailure(cause) ?? { code: 'main/failed' })
  }
}

const plainChecks = new Map<Channel, PlainCheck>()

/** What is plainly right need not be copied by the schema: a reception has a hundred fields, and a citizen waits. */
function readInput(channel: Channel, raw: unknown): z.ZodSafeParseResult<unknown> {
  const { input } = deskContract[channel]
  const fits = plainChecks.get(channel) ?? plainCheckOf(input)
  plainChecks.set(channel, fits)
  return fits(raw) ? { success: true, data: raw } : input.safeParse(raw)
}

function isChannel(channel: unknown): channel is Channel {
  return typeof channel === 'string' && Object.hasOwn(deskContract, channel)
}
