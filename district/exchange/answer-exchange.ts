import { createHash } from 'node:crypto'
import { ok, type Result } from '../../shared/core/result.ts'
import { type ExchangeReply, type ExchangeRequest, replySignatureInput } from '../../shared/wire/exchange.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import type { District } from '../district.ts'
import { newerThan } from '../law/law-books.ts'
import { readChainHead } from '../store/chain.ts'
import type { Desk } from '../store/desks.ts'
import { readPage, readStreamHead } from '../store/events.ts'
import { readBatch } from './read-batch.ts'
import { type Taken, takeBatch } from './take-batch.ts'

export interface Answer {
  readonly reply: ExchangeReply
  readonly taken: Taken | undefined
}

/** One round trip: take what the desk brings, then give it what it lacks. Fails with the place of unreadable input. */
export async function answerExchange(
  district: District,
  desk: Desk,
  request: ExchangeRequest,
): Promise<Result<Answer, string>> {
  const batch = await readBatch(request.events)
  if (!batch.ok) return batch
  const books = await district.lawBooks()
  const taken =
    batch.value.length === 0
      ? undefined
      : await district.serially(desk.unitId, () =>
          takeBatch(district.store, desk, batch.value, request.head, books, district.clock.now()),
        )
  if (taken && taken.grown > 0) district.hints.tell(desk.unitId, taken.streamHead)
  const { epoch } = district
  const sameLife = request.cursor.epoch === epoch
  const streamHead = await readStreamHead(district.store, desk.unitId)
  const after = sameLife && request.cursor.seq <= streamHead ? request.cursor.seq : 0
  const events = await readPage(district.store, desk.unitId, after)
  const seq = events.at(-1)?.seq ?? after
  const known = sameLife || request.cursor.epoch === '' ? request.holds : undefined
  const unsigned = {
    protocol: protocolVersion,
    unitId: desk.unitId,
    deskId: desk.deskId,
    time: district.clock.now(),
    verdicts: [...(taken?.verdicts ?? [])],
    events: [...events],
    cursor: { epoch, seq },
    more: seq < streamHead,
    ownHead: await readChainHead(district.store, desk),
    publications: newerThan(books.newestFor(desk.unitId), known),
  }
  const signature = district.key.sign(createHash('sha256').update(replySignatureInput(unsigned)).digest('hex'))
  return ok({ reply: { ...unsigned, signature }, taken })
}
