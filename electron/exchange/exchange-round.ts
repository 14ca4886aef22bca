import { plainCheckOf } from '../../shared/core/plainly-fits.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { besideMediaType } from '../../shared/wire/beside.ts'
import { briefVerdicts } from '../../shared/wire/brief-verdicts.ts'
import { sizeOf } from '../../shared/wire/event-text.ts'
import {
  type Cursor,
  type ExchangeReply,
  type ExchangeRequest,
  exchangeReplySchema,
  findOnward,
  headSignatureInput,
  onwardHeader,
  workHeader,
  workMsOf,
} from '../../shared/wire/exchange.ts'
import { exchangePath } from '../../shared/wire/hint.ts'
import { type OwnEvent, sentEventsOf } from '../../shared/wire/own-event.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { type DeskIdentity, privateKeyOf, signText } from '../enrolment/desk-identity.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import { isSignedByDistrict } from './apply-reply.ts'
import { type DistrictClient, type DistrictFailure, newNonce } from './district-client.ts'
import type { LinePace } from './line-pace.ts'
import { readMessage } from './message-body.ts'

export interface RoundDeps {
  readonly client: DistrictClient
  readonly identity: DeskIdentity
  readonly journal: Journal
  readonly reference: ReferenceStore
  readonly pace: LinePace
}

/** Own events and, in the same order, their ids. */
export interface BroughtEvents {
  readonly events: readonly OwnEvent[]
  readonly eventIds: readonly string[]
}

export interface RoundWish extends BroughtEvents {
  /** Bytes of their text. */
  readonly bytes: number
  readonly cursor: Cursor
  readonly room: number
  /** The last place of the round before, when that one is still on its way. */
  readonly follows: number | undefined
  readonly signal: AbortSignal
  /** Told as soon as the answer's head is here: where the reply will end, if there is more behind it. */
  readonly onHead?: (onward: Cursor | undefined) => void
}

const isPlainReply = plainCheckOf(exchangeReplySchema)

/** One round trip: events up, verdicts and events down, checked for the district's signature of just this answer. */
export async function exchangeRound(deps: RoundDeps, wish: RoundWish): Promise<Result<ExchangeReply, DistrictFailure>> {
  const { client, identity, pace } = deps
  // Packing is this computer's time, not the line's.
  let left = performance.now()
  const nonce = newNonce()
  const answered = await client.request({
    method: 'POST',
    path: exchangePath,
    nonce,
    message: requestOf(deps, wish),
    headers: { accept: `${besideMediaType};${briefVerdicts}, application/json` },
    packing: pace.packing(),
    timeoutMs: pace.timeoutMs(wish.bytes + wish.room),
    onLeave: () => {
      left = performance.now()
    },
    signal: wish.signal,
  })
  if (answered.ok) wish.onHead?.(findOnward(answered.value.headers.get(onwardHeader)))
  // A reply cut in the middle is a broken line, not a wrong district.
  const body = answered.ok ? await readMessage(answered.value, wish.eventIds) : undefined
  const ms = performance.now() - left
  if (!answered.ok || body === undefined) {
    const failure: DistrictFailure = answered.ok ? { code: 'district/unreachable' } : answered.error
    if (failure.code === 'district/unreachable' && !wish.signal.aborted) pace.noteBroken(ms)
    return err(failure)
  }
  const reply = isPlainReply(body) ? (body as ExchangeReply) : exchangeReplySchema.safeParse(body).data
  if (!reply) return err({ code: 'district/refused', reason: 'district/unreadable', status: 200 })
  const isSigned = isSignedByDistrict(body as ExchangeReply, identity.districtPublicKey, nonce)
  if (reply.deskId !== identity.deskId || !isSigned) {
    return err({ code: 'district/refused', reason: 'district/bad-signature', status: 200 })
  }
  const received = reply.events.reduce((sum, { text }) => sum + (text === undefined ? 0 : sizeOf(text)), 0)
  const waited = Math.max(0, pace.endedAt() - left)
  pace.noteRound(wish.bytes + received, ms - Math.max(waited, workMsOf(answered.value.headers.get(workHeader))))
  // As they came: a newer version of the desk may read in them what this one does not know.
  return ok({ ...reply, publications: (body as ExchangeReply).publications })
}

function requestOf({ identity, journal, reference, pace }: RoundDeps, wish: RoundWish): ExchangeRequest {
  const last = wish.events.at(-1)?.chain
  return {
    protocol: protocolVersion,
    cursor: wish.cursor,
    events: sentEventsOf(wish.events),
    ...(last
      ? {
          head: {
            n: last.n,
            link: last.link,
            signature: signText(privateKeyOf(identity), headSignatureInput(identity.deskId, last.n, last.link)),
          },
        }
      : {}),
    ...(wish.follows === undefined ? {} : { follows: wish.follows }),
    room: wish.room,
    ...(pace.isQuick() ? { quick: true } : {}),
    // A desk that may have lost events of its own asks for all of them.
    holdsOwn: journal.isWhole(),
    holds: reference.versions(),
  }
}
