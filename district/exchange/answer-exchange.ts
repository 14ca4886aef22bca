import { err, ok, type Result } from '../../shared/core/result.ts'
import { replyHash } from '../../shared/node/reply-hash.ts'
import {
  allReplacedSince,
  boundRepliesSince,
  type Cursor,
  type ExchangeReply,
  type ExchangeRequest,
  maxPageBytes,
  placesTold,
  type StreamEvent,
} from '../../shared/wire/exchange.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import type { District } from '../district.ts'
import { type LawBooks, newerThan } from '../law/law-books.ts'
import { readChainHead } from '../store/chain.ts'
import type { Desk } from '../store/desks.ts'
import { readStreamHead } from '../store/events.ts'
import { readOpenGaps } from '../store/incidents.ts'
import { type Page, type PageWish, readPage } from '../store/stream-pages.ts'
import { readBatch } from './read-batch.ts'
import { signStreamProof } from './stream-links.ts'
import { type Taken, takeBatch } from './take-batch.ts'

export interface Answer {
  readonly reply: ExchangeReply
  readonly taken: Taken | undefined
}

/** While others wait for theirs, pages are small: each is signed and packed in one breath. */
const roomWhenBusy = 256 * 1024

/** A page of no more than these is given at once. */
const fewEvents = 50

const emptyPage: Page = { events: [], link: undefined }

/** Why a request was not answered; `detail` is the place of input that cannot be read. */
export interface NotAnswered {
  readonly code: 'request/malformed' | 'request/out-of-order'
  readonly detail?: string
}

/** One round trip: take what the desk brings, then give it what it lacks. The reply is good for what it `answers` alone. */
export async function answerExchange(
  district: District,
  desk: Desk,
  request: ExchangeRequest,
  answers: string,
): Promise<Result<Answer, NotAnswered>> {
  const books = await district.lawBooks()
  const { epoch } = district
  const sameLife = request.cursor.epoch === epoch
  const ofFormerLife = isOfFormerLife(district, request.cursor)
  // Its events were decided on what a restored district lacks: told of the new life the desk gives that back, then brings them again.
  const took = request.events.length === 0 || ofFormerLife ? ok(undefined) : await take(district, desk, request, books)
  if (!took.ok) return took
  const taken = took.value
  if (taken && taken.grown > 0) district.hints.tell(desk.unitId, taken.streamHead)
  const store = district.store.ofUnit(desk.unitId)
  const [streamHead, ownHead, gaps] = await store.together((session) =>
    Promise.all([readStreamHead(session, desk.unitId), readChainHead(session, desk), readOpenGaps(session, desk)]),
  )
  const stands = sameLife && request.cursor.seq <= streamHead ? request.cursor.seq : 0
  // A desk that lacks own events needs their texts too.
  const told = sameLife && request.holdsOwn && taken ? placesTold(taken.verdicts, stands) : []
  const after = stands + told.length
  const wished = request.room ?? maxPageBytes
  const holder = request.holdsOwn ? desk.deskId : undefined
  const begun = district.ahead.take(desk.deskId, { after, room: wished, holder })
  const room = !begun && district.giving.isBusy() ? Math.min(wished, roomWhenBusy) : wished
  const read = (wish: PageWish) => {
    const page = () => readPage(store, desk.unitId, wish)
    return streamHead - wish.after > fewEvents ? district.giving.enter(page) : page()
  }
  const wish = { after, room, holder }
  const nothing = room === 0 || after === streamHead
  const { events, link } = nothing ? emptyPage : await (begun ?? read(wish))
  const seq = events.at(-1)?.seq ?? after
  const next = { ...wish, after: seq, room: wished }
  const comesAgain = request.quick && seq > after && seq < streamHead && !district.giving.isBusy()
  if (comesAgain) district.ahead.begin(desk.deskId, next, () => read(next))
  const known = ofFormerLife ? undefined : request.holds
  const unsigned = {
    protocol: protocolVersion,
    unitId: desk.unitId,
    deskId: desk.deskId,
    time: district.clock.now(),
    verdicts: [...(taken?.verdicts ?? [])],
    events: request.protocol < allReplacedSince ? events.map(replacingTwo) : [...events],
    cursor: { epoch, seq },
    more: seq < streamHead,
    ...(link
      ? { proof: signStreamProof(district, desk.unitId, seq, link) }
      : provedByVerdicts(district, desk, taken, told.length)),
    ownHead,
    ...(gaps.length > 0 ? { gaps } : {}),
    publications: newerThan(books.newestFor(desk.unitId), known),
    ...(district.tlsPins.length > 0 ? { tlsPins: [...district.tlsPins] } : {}),
  }
  const signature = district.key.sign(replyHash(unsigned, request.protocol < boundRepliesSince ? undefined : answers))
  return ok({ reply: { ...unsigned, signature }, taken })
}

export function isOfFormerLife({ epoch }: District, cursor: Cursor): boolean {
  return cursor.epoch !== '' && cursor.epoch !== epoch
}

/** What it became at once, and what it answers; the rest are hints for desks that know a former life. */
function replacingTwo(event: StreamEvent): StreamEvent {
  const { about } = event
  return about?.replaces ? { ...event, about: { ...about, replaces: about.replaces.slice(0, 2) } } : event
}

/** A desk that is told its events' places by their verdicts alone, be it for the second time, can prove them, too. */
function provedByVerdicts(
  district: District,
  { unitId }: Desk,
  taken: Taken | undefined,
  told: number,
): Pick<ExchangeReply, 'proof'> {
  if (!taken || taken.grown + told === 0) return {}
  return { proof: signStreamProof(district, unitId, taken.streamHead, taken.headLink) }
}

/** Reads while batches before it in the unit's queue are still being judged. */
async function take(
  district: District,
  desk: Desk,
  request: ExchangeRequest,
  books: LawBooks,
): Promise<Result<Taken, NotAnswered>> {
  const reading = readBatch(request.events)
  return district.serially(desk.unitId, async () => {
    const batch = await reading
    if (!batch.ok) return err({ code: 'request/malformed', detail: batch.error })
    const { head, follows } = request
    const store = district.store.ofUnit(desk.unitId)
    const taken = await takeBatch(store, desk, { events: batch.value, head, follows }, books, district.clock.now())
    return taken === 'out-of-order' ? err({ code: 'request/out-of-order' }) : ok(taken)
  })
}
