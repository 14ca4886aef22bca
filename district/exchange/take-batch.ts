import { type ExchangeRequest, headSignatureInput, type Verdict } from '../../shared/wire/exchange.ts'
import type { LawBooks } from '../law/law-books.ts'
import { addLinks, noteHeadSignature, readChain } from '../store/chain.ts'
import type { Desk } from '../store/desks.ts'
import { holdStream, readHeadLink, readKnown, writeJudged } from '../store/events.ts'
import { closeFilledGaps, type Incident, openIncidents } from '../store/incidents.ts'
import { keepParked } from '../store/parked-events.ts'
import type { Scoped } from '../store/pool.ts'
import { checkChain } from './check-chain.ts'
import { isSignedBy } from './district-key.ts'
import { judgeBatch } from './judge-batch.ts'
import type { ReadEvent } from './read-batch.ts'
import { beforeReading } from './turns.ts'

export interface Taken {
  readonly verdicts: readonly Verdict[]
  /** How many events the stream grew by. */
  readonly grown: number
  readonly incidents: readonly Incident[]
  readonly streamHead: number
  /** Of the stream's last place. */
  readonly headLink: string
}

export interface Batch {
  readonly events: readonly ReadEvent[]
  readonly head: ExchangeRequest['head']
  readonly follows: ExchangeRequest['follows']
}

/**
 * ```
 * begin ─ lock the unit's counter ─ read what is known ─ check chain ─ judge ─ write ─ commit ─► verdicts
 * ```
 * 1. One transaction: either every verdict of a batch is durable, or none was given. Its questions are asked together,
 *    the lock first; so are its writes, but for the chain's, which the database does while the batch is judged.
 * 2. The counter row is locked first, so the desks of a unit are served one after the other and its stream has no gap.
 * 3. Verdicts leave only after the commit reached the disk.
 * 4. A batch that came before the one it follows is not looked at.
 * 5. Every place that enters the chain has its text here: in the stream, refused, or parked (`judge-left-parked.ts`).
 */
export function takeBatch(
  store: Scoped,
  desk: Desk,
  { events: batch, head, follows = 0 }: Batch,
  books: LawBooks,
  now: string,
): Promise<Taken | 'out-of-order'> {
  return store.transaction(async (session) => {
    const places = batch.map(({ own }) => own.chain.n)
    const [seq, linkBefore, held, known] = await Promise.all([
      holdStream(session, desk.unitId),
      readHeadLink(session, desk.unitId),
      readChain(session, desk, places),
      readKnown(session, desk, batch),
    ])
    if (held.head.n < follows) return 'out-of-order'
    const chain = checkChain(held, batch)
    // The chain is the same whatever is judged.
    const linked = addLinks(session, desk, chain.fresh)
    // Where judging throws, nobody hears of it below.
    linked.catch(() => undefined)
    const judged = await beforeReading(() => judgeBatch(desk, batch, { seq, ...known }, books, now))
    const incidents = [...chain.incidents, ...judged.incidents]
    const isSigned =
      head && isSignedBy(desk.publicKey, headSignatureInput(desk.deskId, head.n, head.link), head.signature)
    if (head && !isSigned) incidents.push({ code: 'chain/bad-head-signature', subject: String(head.n) })
    const [headLink] = await Promise.all([
      writeJudged(session, desk, judged, linkBefore, now),
      keepParked(
        session,
        desk,
        batch.filter((_, at) => judged.verdicts[at]?.verdict === 'parked'),
        now,
      ),
      linked,
      isSigned ? noteHeadSignature(session, desk, head) : undefined,
      openIncidents(session, desk, incidents, now),
    ])
    if (chain.fresh.length > 0) await closeFilledGaps(session, desk, now)
    const grown = judged.accepted.length
    return { verdicts: judged.verdicts, grown, incidents, streamHead: seq + grown, headLink }
  })
}
