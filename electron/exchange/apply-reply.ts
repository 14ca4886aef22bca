import { verify } from 'node:crypto'
import { replyHash } from '../../shared/node/reply-hash.ts'
import { sizeOf } from '../../shared/wire/event-text.ts'
import type { ExchangeReply, StreamEvent } from '../../shared/wire/exchange.ts'
import { publicKeyFromRaw } from '../enrolment/desk-identity.ts'
import type { Batch } from '../journal/batch.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalIndex } from '../journal/journal-index.ts'

/** Frames stay small, so that one dossier's history is read without opening a whole day. */
const frameTextBytes = 64 * 1024
/** Of an event whose text is here already. */
const placeBytes = 64

/** The reply as it came over the line, not as a schema reads it. */
export function isSignedByDistrict(reply: ExchangeReply, districtPublicKey: string): boolean {
  const signature = Buffer.from(reply.signature, 'base64')
  return verify(null, Buffer.from(replyHash(reply)), publicKeyFromRaw(districtPublicKey), signature)
}

/** Frames that are written and synced together; a command waits for no more than these. */
const framesPerTurn = 16

/**
 * ```
 * reply ─► verdicts (first frame) ─► stream events, frame by frame, each with the cursor that covers it
 * ```
 * 1. Frames are written and synced a few at a time, each time in the command handler's turn (or all in the caller's own),
 *    before anything else sees them; between them the reply is like one that ended there.
 * 2. A frame's cursor never runs ahead of the events that lie in or before it.
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
  asked = journal.index,
): Promise<void> {
  const batches = await turn(async () => {
    const batches = journal.index === asked ? batchesOf(journal, reply) : []
    if (batches.length > 0) await journal.append(batches.slice(0, framesPerTurn))
    return batches
  })
  for (let at = framesPerTurn; at < batches.length; at += framesPerTurn) {
    await turn(async () => {
      if (journal.index === asked) await journal.append(batches.slice(at, at + framesPerTurn))
    })
  }
  if (journal.index !== asked) return
  if (!journal.isWhole() && !reply.more && isCoveredBy(reply, journal)) await journal.markWhole()
}

/** The journal took in everything the reply brought: nothing was missing that the next rounds have to fetch. */
function isCoveredBy(reply: ExchangeReply, { index }: Journal): boolean {
  return index.cursor.epoch === reply.cursor.epoch && index.cursor.seq === reply.cursor.seq
}

function batchesOf({ index }: Journal, reply: ExchangeReply): readonly Batch[] {
  const lostTail = reply.ownHead.n > index.chain.n
  const lacksOwn = reply.events.some(({ text, eventId }) => text === undefined && !index.events.has(eventId))
  const newEpoch = index.cursor.epoch !== '' && index.cursor.epoch !== reply.cursor.epoch
  const batches: Batch[] = []
  // A parked event stays unsent and is offered again.
  const verdicts = reply.verdicts.filter((verdict) => verdict.verdict !== 'parked')
  if (verdicts.length > 0 || lostTail || lacksOwn || newEpoch) {
    batches.push({
      ...(newEpoch ? { newEpoch } : {}),
      ...(verdicts.length > 0 ? { verdicts } : {}),
      ...(lostTail ? { chainHead: reply.ownHead } : {}),
      ...(lostTail || lacksOwn ? { whole: false, cursor: { epoch: reply.cursor.epoch, seq: 0 } } : {}),
    })
  }
  if (!lostTail && !lacksOwn) batches.push(...streamBatches(index, reply))
  return batches
}

function streamBatches(index: JournalIndex, reply: ExchangeReply): readonly Batch[] {
  const batches: Batch[] = []
  let stream: NonNullable<Batch['stream']> = []
  let bytes = 0
  const close = (seq: number) => {
    batches.push({ ...(stream.length > 0 ? { stream } : {}), cursor: { epoch: reply.cursor.epoch, seq } })
    stream = []
    bytes = 0
  }
  for (const event of reply.events) {
    const item = streamItem(index, event)
    stream.push(item)
    bytes += item.text === undefined ? placeBytes : sizeOf(item.text)
    if (bytes >= frameTextBytes) close(event.seq)
  }
  const { cursor } = reply
  const last = batches.at(-1)?.cursor ?? index.cursor
  if (stream.length > 0 || cursor.seq !== last.seq || cursor.epoch !== last.epoch) close(cursor.seq)
  const end = batches.at(-1)
  return end && reply.proof ? [...batches.slice(0, -1), { ...end, proof: reply.proof }] : batches
}

function streamItem(index: JournalIndex, event: StreamEvent): NonNullable<Batch['stream']>[number] {
  const { seq, eventId, receivedAt, findings, text, about } = event
  return text === undefined || index.events.has(eventId)
    ? { seq, eventId, receivedAt, findings }
    : { seq, eventId, text, ...(about ? { about } : {}), receivedAt, findings }
}
