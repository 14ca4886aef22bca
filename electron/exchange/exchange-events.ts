import type { Result } from '../../shared/core/result.ts'
import { sizeOf } from '../../shared/wire/event-text.ts'
import { type Cursor, type ExchangeReply, isSameCursor, maxEventsPerRequest } from '../../shared/wire/exchange.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import type { EventEntry } from '../journal/event-entry.ts'
import { type Asked, applyReply } from './apply-reply.ts'
import type { DistrictClient, DistrictFailure } from './district-client.ts'
import { type BroughtEvents, exchangeRound } from './exchange-round.ts'
import type { LinePace } from './line-pace.ts'
import { rebaseLostRaces } from './rebase.ts'
import { type UnsentPage, unsentPages } from './unsent-pages.ts'

export interface EventsDeps {
  readonly desk: DecidingDesk
  readonly client: DistrictClient
  readonly pace: LinePace
  /** Events that wait for another; kept up to date here. */
  readonly parked: Set<string>
  readonly turn: <T>(task: () => Promise<T>) => Promise<T>
  readonly signal: AbortSignal
  readonly onReference: () => void
  readonly onPins: (pins: readonly string[]) => Promise<void>
  /** The district's word on gaps in this desk's chain, with each reply. */
  readonly onGaps: (gaps: NonNullable<ExchangeReply['gaps']>) => void
  readonly onProgress: (done: number, total: number, sending: readonly EventEntry[]) => void
}

/** A round on its way. */
interface Flight {
  readonly page: UnsentPage
  /** It left before the round it follows was answered. */
  readonly follows: number | undefined
  /** What it was asked with: mending the journal makes another index. */
  readonly asked: Asked
  /** Where the reply will end, told before it is here; unsigned. */
  readonly onward: Promise<Cursor | undefined>
  readonly answer: Promise<Result<ExchangeReply, DistrictFailure>>
  readonly abort: AbortController
}

/**
 * ```
 * pass over the unsent events:  page ─► page ─► page      each a round; the last one also brings what is new
 * while there is more:          (no events) ─► …
 * something was decided again or came up meanwhile: another pass
 * ```
 * 1. On a quick line the next round leaves before the last one is answered, so that both computers work at once.
 *    It says what it follows; when it overtakes, the district refuses it and it leaves again.
 * 2. While it pulls, it asks on as soon as it hears where the reply on its way will end, also while it still takes in the one
 *    before; was that wrong, it asks again.
 * 3. Replies are applied in the order of their rounds. When one fails, the round behind it is given up: whatever the
 *    district took of it gets the same verdict next time.
 * 4. Another pass begins only when the last one moved something, so what is parked does not turn in circles.
 */
export async function exchangeEvents(deps: EventsDeps): Promise<DistrictFailure | undefined> {
  const { desk, pace, parked, signal } = deps
  const { journal } = desk
  const total = journal.index.unsent.size
  let pages = unsentPages(journal)
  let unsentAtStart = total
  let rebasedInPass = 0
  const ahead: Flight[] = []
  let mayHurry = true

  async function depart(cursor: Cursor, follows?: number): Promise<Flight> {
    const { index } = journal
    const pageBytes = pace.pageBytes(total > maxEventsPerRequest || cursor.seq === 0)
    const page = await pages.next(pageBytes, pace.maxEvents())
    const abort = new AbortController()
    // While events go up at full speed nothing comes down in their way.
    const room = pace.isQuick() && !page.isLast ? 0 : pageBytes
    let onHead: (onward: Cursor | undefined) => void = () => undefined
    const onward = new Promise<Cursor | undefined>((resolve) => {
      onHead = resolve
    })
    const answer = exchangeRound(
      { ...deps, ...desk },
      {
        events: page.events,
        eventIds: page.entries.map(({ eventId }) => eventId),
        bytes: page.bytes,
        cursor,
        room,
        follows,
        signal: AbortSignal.any([signal, abort.signal]),
        onHead,
      },
    )
    // Awaited when its turn comes; a bug in it must not end the process before.
    answer.catch(() => undefined).finally(() => onHead(undefined))
    return { page, follows, asked: { index, cursor }, onward, answer, abort }
  }

  /** Sends pages behind the last one that left, until so many wait for their answers. */
  async function hurry(flight: Flight, waiting: number): Promise<void> {
    while (ahead.length < waiting) {
      const last = (ahead.at(-1) ?? flight).page
      if (last.isLast || !mayHurry || !pace.isQuick()) return
      ahead.push(await depart(journal.index.cursor, last.events.at(-1)?.chain.n))
    }
  }

  /** Asks for what comes behind the reply on its way. */
  async function askOn(flight: Flight | undefined): Promise<void> {
    // The next page of what goes up is nothing to ask for.
    const onward = flight?.page.isLast ? await flight.onward : undefined
    if (onward && pace.isQuick()) ahead.push(await depart(onward))
  }

  async function giveUpAhead(): Promise<void> {
    for (let flight = ahead.pop(); flight; flight = ahead.pop()) {
      flight.abort.abort()
      await flight.answer.catch(() => undefined)
      pages.putBack(flight.page)
    }
  }

  function mayLeaveAgain({ page, follows }: Flight, failure: DistrictFailure): boolean {
    if (failure.code !== 'district/refused') return false
    if (failure.status === 413 && page.events.length > 1) pace.noteTooLarge(page.events.length)
    else if (follows === undefined || failure.reason !== 'request/out-of-order') return false
    mayHurry = false
    return true
  }

  try {
    while (!signal.aborted) {
      const flight = ahead.shift() ?? (await depart(journal.index.cursor))
      await hurry(flight, 1)
      deps.onProgress(
        Math.max(0, total - journal.index.unsent.size),
        total,
        [flight, ...ahead].flatMap(({ page }) => page.entries),
      )
      if (ahead.length === 0) await askOn(flight)
      const answered = await flight.answer
      if (!answered.ok) {
        await giveUpAhead()
        if (!mayLeaveAgain(flight, answered.error)) return answered.error
        pages.putBack(flight.page)
        continue
      }
      const reply = answered.value
      const onward = flight.page.isLast ? ahead[0]?.asked.cursor : undefined
      if (onward && !(reply.more && isSameCursor(onward, reply.cursor))) await giveUpAhead()
      // The district need not wait until this desk has written down what it said.
      await hurry(flight, 2)
      const [{ isRestarted, isNewLife, rebased }] = await Promise.all([
        takeIn(deps, reply, flight.asked),
        ahead.length === 1 ? askOn(ahead[0]) : undefined,
      ])
      rebasedInPass += rebased
      // What everybody holds goes first (`give-back.ts`); only then is it clear what still has to be offered.
      if (isNewLife) return undefined
      if (isRestarted) {
        await giveUpAhead()
      } else {
        if (!flight.page.isLast || reply.more || !journal.isWhole()) continue
        const moved = rebasedInPass > 0 || journal.index.unsent.size < unsentAtStart
        if (!moved || (rebased === 0 && journal.index.unsent.size <= parked.size)) return undefined
      }
      pages = unsentPages(journal)
      unsentAtStart = journal.index.unsent.size
      rebasedInPass = 0
    }
    return undefined
  } finally {
    await giveUpAhead()
  }
}

/** Rounds that bring nothing of this desk's but what is named, until nothing more comes down; answers the last reply. */
export async function exchangeOnly(
  deps: EventsDeps,
  named: BroughtEvents = nothing,
): Promise<Result<ExchangeReply, DistrictFailure>> {
  const { desk, pace, signal } = deps
  let brought = named
  for (;;) {
    const { index } = desk.journal
    const { cursor } = index
    const wish = { ...brought, bytes: bytesOf(brought), cursor, room: pace.pageBytes() }
    const answered = await exchangeRound({ ...deps, ...desk }, { ...wish, follows: undefined, signal })
    if (!answered.ok) return answered
    await takeIn(deps, answered.value, { index, cursor })
    if (!answered.value.more || signal.aborted) return answered
    brought = nothing
  }
}

const nothing: BroughtEvents = { events: [], eventIds: [] }

function bytesOf({ events }: BroughtEvents): number {
  return events.reduce((sum, { text }) => sum + sizeOf(text), 0)
}

/** Tells whether everything has to be offered again, and how many lost races were decided again. */
async function takeIn(
  { desk, parked, turn, onReference, onPins, onGaps }: EventsDeps,
  reply: ExchangeReply,
  asked: Asked,
): Promise<{ isRestarted: boolean; isNewLife: boolean; rebased: number }> {
  const { journal } = desk
  desk.clock.learnDistrictTime(reply.time)
  if (Object.keys(reply.publications).length > 0) {
    await desk.reference.save(reply.publications)
    onReference()
  }
  if (reply.tlsPins) await onPins(reply.tlsPins)
  onGaps(reply.gaps ?? [])
  const { epoch } = journal.index.cursor
  const wasWhole = journal.isWhole()
  await applyReply(journal, reply, turn, asked)
  for (const { eventId, verdict } of reply.verdicts) {
    if (verdict === 'parked') parked.add(eventId)
    else parked.delete(eventId)
  }
  for (const eventId of parked) if (!journal.index.unsent.has(eventId)) parked.delete(eventId)
  const isNewLife = epoch !== '' && epoch !== journal.index.cursor.epoch
  const wentBack = journal.index.cursor.seq < reply.cursor.seq
  const isRestarted = isNewLife || journal.index !== asked.index || wentBack || (wasWhole && !journal.isWhole())
  // Decided on half of the news it would only be refused again.
  const rebased = reply.more || isRestarted ? 0 : await turn(() => rebaseLostRaces(desk))
  return { isRestarted, isNewLife, rebased }
}
