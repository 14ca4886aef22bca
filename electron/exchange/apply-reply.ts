import { verify } from 'node:crypto'
import { replyHash } from '../../shared/node/reply-hash.ts'
import { sizeOf } from '../../shared/wire/event-text.ts'
import {
  type Cursor,
  type ExchangeReply,
  isSameCursor,
  placesTold,
  type StreamEvent,
} from '../../shared/wire/exchange.ts'
import { publicKeyFromRaw } from '../enrolment/desk-identity.ts'
import type { Batch } from '../journal/batch.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalIndex } from '../journal/journal-index.ts'

/** Frames stay small, so that one dossier's history is read without opening a whole day. */
const frameTextBytes = 64 * 1024
/** Of an event whose text is here already. */
const placeBytes = 64

/** The reply as it came over the line, not as a schema reads it; `answers` is what it was asked with. */
export function isSignedByDistrict(reply: ExchangeReply, districtPublicKey: string, answers: string): boolean {
  const signature = Buffer.from(reply.signature, 'base64')
  return verify(null, Buffer.from(replyHash(reply, answers)), publicKeyFromRaw(districtPublicKey), signature)
}

/** Frames that are written and synced together; a command waits for no more than these. */
const framesPerTurn = 16

/** What a reply answers: the index as it was, and the cursor that was sent. */
export interface Asked {
  readonly index: JournalIndex
  readonly cursor: Cursor
}

/**
 * ```
 * reply ─► verdicts (first frame) ─► stream events, frame by frame, each with the cursor that covers it
 * ```
 * 1. Frames are written and synced a few at a time, each time in the command handler's turn (or all in the caller's own),
 *    before anything else sees them; between them the reply is like one that ended there.
 * 2. A frame's cursor never runs ahead of the events that lie in or before it. Accepted verdicts that continue it are
 *    places of the stream like any other, so it may stand further on than the next reply was asked from: what that one
 *    tells again is left out.
 * 3. Another epoch means a restored district: places learned before are forgotten and own events offered again.
 * 4. A desk that lost its tail (the district knows more of its chain) goes on behind the district's head and
 *    pulls everything again; it is whole once that is done. So does one that was told the place of an own event it does
 *    not hold.
 * 5. A reply belongs to the index it was asked with. When the journal was mended since, the cursor stands further back
 *    than the reply begins, and the rest of it is dropped: the next round brings it again.
 */
export async function applyReply(
  journal: Journal,
  reply: ExchangeReply,
  turn: <T>(task: () => Promise<T>) => Promise<T> = (task) => task(),
  asked: Asked = { index: journal.index, cursor: journal.index.cursor },
): Promise<void> {
  const { index } = asked
  const batches = await turn(async () => {
    const batches = journal.index === index ? batchesOf(index, reply, asked.cursor) : []
    if (batches.length > 0) await journal.append(batches.slice(0, framesPerTurn))
    return batches
  })
  for (let at = framesPerTurn; at < batches.length; at += framesPerTurn) {
    await turn(async () => {
      if (journal.index === index) await journal.append(batches.slice(at, at + framesPerTurn))
    })
  }
  if (journal.index !== index) return
  if (!journal.isWhole() && !reply.more && isCoveredBy(reply, journal)) await journal.markWhole()
}

/** The journal took in everything the reply brought: nothing was missing that the next rounds have to fetch. */
function isCoveredBy(reply: ExchangeReply, { index }: Journal): boolean {
  return isSameCursor(index.cursor, reply.cursor)
}

type StreamItems = NonNullable<Batch['stream']>

/**
 * How a reply lies to what the journal holds:
 * - `lacking`: the district holds events of this desk that the desk does not; everything is pulled again.
 * - `out-of-reach`: the reply before it was not taken in, or moved the cursor back; what lies between is asked for again.
 * - `another-stream`: of a restored district, or one that answers from further back than it was asked because it lost
 *   places; it is followed from there.
 * - `continuing`: it goes on from the cursor, or tells again what lies before it.
 */
type Standing = 'lacking' | 'out-of-reach' | 'another-stream' | 'continuing'

function standingOf(index: JournalIndex, reply: ExchangeReply, asked: Cursor): Standing {
  const { epoch } = reply.cursor
  const lacksOwn = reply.events.some(({ text, eventId }) => text === undefined && !index.events.has(eventId))
  if (reply.ownHead.n > index.chain.n || lacksOwn) return 'lacking'
  const begins = reply.events[0]?.seq ?? reply.cursor.seq + 1
  const isOfThisLife = asked.epoch === epoch
  if (index.cursor.epoch !== epoch || (isOfThisLife && begins <= asked.seq)) return 'another-stream'
  return isOfThisLife && asked.seq > index.cursor.seq ? 'out-of-reach' : 'continuing'
}

function batchesOf(index: JournalIndex, reply: ExchangeReply, asked: Cursor): readonly Batch[] {
  const { epoch } = reply.cursor
  const standing = standingOf(index, reply, asked)
  const places = standing === 'continuing' && index.isWhole ? placesBehind(index, reply.verdicts) : []
  const placed = new Set<string>(places.map(({ eventId }) => eventId))
  // A parked event stays unsent and is offered again.
  const verdicts = reply.verdicts.filter(({ verdict, eventId }) => verdict !== 'parked' && !placed.has(eventId))
  const from = { epoch, seq: places.at(-1)?.seq ?? index.cursor.seq }
  const first: Batch = {
    ...(index.cursor.epoch !== '' && index.cursor.epoch !== epoch ? { newEpoch: true } : {}),
    ...(verdicts.length > 0 ? { verdicts } : {}),
    ...(places.length > 0 ? { stream: places, cursor: from } : {}),
    ...(reply.ownHead.n > index.chain.n ? { chainHead: reply.ownHead } : {}),
    ...(standing === 'lacking' ? { whole: false, cursor: { epoch, seq: 0 } } : {}),
  }
  const opening = Object.keys(first).length > 0 ? [first] : []
  switch (standing) {
    case 'lacking':
    case 'out-of-reach':
      return opening
    case 'another-stream':
      return withProof([...opening, ...streamBatches(index, reply, index.cursor)], reply.proof)
    case 'continuing': {
      const all = [...opening, ...streamBatches(index, behind(from, reply), from)]
      // Places told again bring nothing but their proof. A reply that tells of none must not write: what is written is exchanged.
      const isProofAlone = all.length === 0 && reply.events.length > 0 && reply.proof !== undefined
      return withProof(isProofAlone ? [{ cursor: from }] : all, reply.proof)
    }
  }
}

/** Own events that were accepted at the very places behind the cursor. */
function placesBehind(index: JournalIndex, verdicts: ExchangeReply['verdicts']): StreamItems {
  const held = verdicts.filter(({ eventId }) => index.events.has(eventId))
  return placesTold(held, index.cursor.seq).map(({ seq, eventId, receivedAt, findings }) => {
    return { seq, eventId, receivedAt, findings }
  })
}

/** The part of a reply's stream that lies behind a place. */
function behind({ seq }: Cursor, reply: ExchangeReply): Pick<ExchangeReply, 'events' | 'cursor'> {
  const events = reply.events.filter((event) => event.seq > seq)
  // Not the reply's own cursor: that counts on places told by verdicts, which this desk may not have taken for such.
  return { events, cursor: { ...reply.cursor, seq: events.at(-1)?.seq ?? seq } }
}

function streamBatches(
  index: JournalIndex,
  { events, cursor }: Pick<ExchangeReply, 'events' | 'cursor'>,
  from: Cursor,
): readonly Batch[] {
  const batches: Batch[] = []
  let stream: StreamItems = []
  let bytes = 0
  const close = (seq: number) => {
    batches.push({ ...(stream.length > 0 ? { stream } : {}), cursor: { epoch: cursor.epoch, seq } })
    stream = []
    bytes = 0
  }
  for (const event of events) {
    const item = streamItem(index, event)
    stream.push(item)
    bytes += item.text === undefined ? placeBytes : sizeOf(item.text)
    if (bytes >= frameTextBytes) close(event.seq)
  }
  const last = batches.at(-1)?.cursor ?? from
  if (stream.length > 0 || !isSameCursor(cursor, last)) close(cursor.seq)
  return batches
}

function withProof(batches: readonly Batch[], proof: ExchangeReply['proof']): readonly Batch[] {
  const end = batches.at(-1)
  return end && proof ? [...batches.slice(0, -1), { ...end, proof }] : batches
}

function streamItem(index: JournalIndex, event: StreamEvent): StreamItems[number] {
  const { seq, eventId, receivedAt, findings, text, about } = event
  return text === undefined || index.events.has(eventId)
    ? { seq, eventId, receivedAt, findings }
    : { seq, eventId, text, ...(about ? { about } : {}), receivedAt, findings }
}
