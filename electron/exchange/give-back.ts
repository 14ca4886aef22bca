import { createHash } from 'node:crypto'
import type { EventId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import {
  maxReturnedPlaces,
  type ReturnedRequest,
  returnedPath,
  returnedReplySchema,
} from '../../shared/wire/returned.ts'
import type { StreamProof } from '../../shared/wire/stream-proof.ts'
import type { Journal } from '../journal/journal.ts'
import type { Log } from '../log.ts'
import type { DistrictFailure } from './district-client.ts'
import { type EventsDeps, exchangeOnly } from './exchange-events.ts'
import { type FormerPlace, type FormerStream, findFormerStreams, findStretchEnd } from './former-stream.ts'

/**
 * After a restore the district is given what it had accepted and lost, whoever made it (`shared/wire/returned.ts`).
 * ```
 * pull everything it holds ─► former stream  1 … M │ M+1 … N, proved ─► stretch by stretch, each up to a proof on the way
 *                             ─► page by page, each with the hashes of the others ─► pull again
 * ```
 * 1. This comes before the desk's own unsent events: they were decided on what is given back.
 * 2. What cannot be proved is left as it is: own events are offered as unsent ones, others' by those who made them.
 */
export async function giveBack(deps: EventsDeps & { readonly log: Log }): Promise<DistrictFailure | undefined> {
  const { desk, log } = deps
  const { journal } = desk
  const pulled = await exchangeOnly(deps)
  if (!pulled.ok) return pulled.error
  if (!journal.index.hasFormerPlaces()) return undefined
  for (const former of await findFormerStreams(journal)) {
    const given = await bring(deps, former)
    if (!given.ok && !isAnswer(given.error)) return given.error
    log.info('given-back', given.ok ? given.value : { code: given.error.code })
  }
  const again = await exchangeOnly(deps)
  return again.ok ? undefined : again.error
}

/** The district has looked at it and will not have it; asking again changes nothing. */
function isAnswer(failure: DistrictFailure): boolean {
  return failure.code === 'district/refused' && [400, 409, 413, 422].includes(failure.status)
}

/** Answers how many were taken, and how many are left because no request could hold what proves them. */
async function bring(
  deps: EventsDeps,
  former: FormerStream,
): Promise<Result<{ readonly taken: number; readonly left: number }, DistrictFailure>> {
  const { journal } = deps.desk
  const { places } = former
  const common = commonPlaces(journal, places)
  // Where something else stands behind them, the former places are nowhere to begin from.
  const isFollowed = journal.index.cursor.seq > common
  let [start, done, taken] = [common, common, 0]
  for (;;) {
    const proof = findStretchEnd(former, done)
    if (!proof || proof.seq - start > maxReturnedPlaces) return ok({ taken, left: places.length - done })
    const brought = await bringStretch(deps, { proof, places, start, done })
    if (!brought.ok) return brought
    taken += brought.value
    done = proof.seq
    if (!isFollowed) start = done
    if (deps.signal.aborted) return ok({ taken, left: places.length - done })
  }
}

interface Stretch {
  readonly proof: StreamProof
  readonly places: readonly FormerPlace[]
  /** Its hashes lead from here … */
  readonly start: number
  /** … and its texts are lacking from here. */
  readonly done: number
}

async function bringStretch(
  { desk, client, pace, signal }: EventsDeps,
  { proof, places, start, done }: Stretch,
): Promise<Result<number, DistrictFailure>> {
  const { journal } = desk
  const hashed = await hashesOf(journal, places.slice(start, proof.seq))
  let at = done
  let taken = 0
  while (at < proof.seq && !signal.aborted) {
    const texts = await textsFrom(journal, places.slice(at, proof.seq), pace.pageBytes())
    const request: ReturnedRequest = {
      protocol: protocolVersion,
      proof,
      after: start,
      ...(at > start ? { passed: hashed.slice(0, at - start) } : {}),
      brought: texts.map((text, index) => ({ ...placeAt(places, at + index), text })),
      rest: hashed.slice(at - start + texts.length),
    }
    const bytes = texts.reduce((sum, text) => sum + text.length, hashed.length * 200)
    const answered = await client.request({
      method: 'POST',
      path: returnedPath,
      json: request,
      packing: pace.packing(),
      timeoutMs: pace.timeoutMs(bytes),
      signal,
    })
    if (!answered.ok) return answered
    const reply = returnedReplySchema.safeParse(await answered.value.json().catch(() => undefined))
    if (!reply.success) return err({ code: 'district/unreachable' })
    taken += reply.data.taken
    at += texts.length
  }
  return ok(taken)
}

/** How far the new life's stream is the former one. */
function commonPlaces({ index }: Journal, places: readonly FormerPlace[]): number {
  const other = places.findIndex(({ eventId }, at) => index.events.get(eventId)?.streamSeq !== at + 1)
  return other < 0 ? places.length : other
}

function placeAt(places: readonly FormerPlace[], at: number): FormerPlace & { readonly eventId: EventId } {
  return places[at] as FormerPlace & { readonly eventId: EventId }
}

async function textsFrom(journal: Journal, places: readonly FormerPlace[], room: number): Promise<readonly string[]> {
  const texts: string[] = []
  let bytes = 0
  for (const { eventId } of places) {
    const text = await textOf(journal, eventId)
    bytes += text.length
    if (texts.length > 0 && (bytes > room || texts.length >= 2000)) break
    texts.push(text)
  }
  return texts
}

async function hashesOf(journal: Journal, places: readonly FormerPlace[]): Promise<ReturnedRequest['rest']> {
  const hashed: ReturnedRequest['rest'] = []
  for (const [at, { eventId }] of places.entries()) {
    const textHash = createHash('sha256')
      .update(await textOf(journal, eventId))
      .digest('hex')
    hashed.push({ ...placeAt(places, at), textHash })
  }
  return hashed
}

async function textOf(journal: Journal, eventId: string): Promise<string> {
  const entry = journal.index.events.get(eventId)
  if (!entry) throw new Error('a place of the stream without its event')
  return journal.textOf(entry)
}
