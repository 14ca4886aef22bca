import { createHash, verify } from 'node:crypto'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { type ExchangeReply, replySignatureInput, type StreamEvent } from '../../shared/wire/exchange.ts'
import { publicKeyFromRaw } from '../enrolment/desk-identity.ts'
import type { Batch } from '../journal/batch.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalIndex } from '../journal/journal-index.ts'

/** Frames stay small, so that one dossier's history is read without opening a whole day. */
const frameTextBytes = 64 * 1024

/** The reply as it came over the line, not as a schema reads it. */
export function isSignedByDistrict(reply: ExchangeReply, districtPublicKey: string): boolean {
  const input = Buffer.from(createHash('sha256').update(replySignatureInput(reply)).digest('hex'))
  return verify(null, input, publicKeyFromRaw(districtPublicKey), Buffer.from(reply.signature, 'base64'))
}

/**
 * ```
 * reply ─► verdicts (first frame) ─► stream events, frame by frame, each with the cursor that covers it
 * ```
 * 1. All frames of one reply are written and synced together, before anything else sees them.
 * 2. A frame's cursor never runs ahead of the events that lie in or before it.
 * 3. Another epoch means a restored district: places learned before are forgotten and own events offered again.
 * 4. A desk that lost its tail (the district knows more of its chain) goes on behind the district's head and
 *    pulls everything again; it is whole once that is done.
 */
export async function applyReply(journal: Journal, reply: ExchangeReply): Promise<void> {
  const { index } = journal
  const lostTail = reply.ownHead.n > index.chain.n
  const newEpoch = index.cursor.epoch !== '' && index.cursor.epoch !== reply.cursor.epoch
  const batches: Batch[] = []
  // A parked event stays unsent and is offered again.
  const verdicts = reply.verdicts.filter((verdict) => verdict.verdict !== 'parked')
  if (verdicts.length > 0 || lostTail || newEpoch) {
    batches.push({
      ...(newEpoch ? { newEpoch } : {}),
      ...(verdicts.length > 0 ? { verdicts } : {}),
      ...(lostTail ? { chainHead: reply.ownHead, cursor: { epoch: reply.cursor.epoch, seq: 0 } } : {}),
    })
  }
  if (!lostTail) batches.push(...streamBatches(index, reply))
  if (batches.length > 0) await journal.append(batches)
  if (!journal.isWhole() && !lostTail && !reply.more) await journal.markWhole()
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
    bytes += item.text?.length ?? 64
    if (bytes >= frameTextBytes) close(event.seq)
  }
  const { cursor } = reply
  const last = batches.at(-1)?.cursor ?? index.cursor
  if (stream.length > 0 || cursor.seq !== last.seq || cursor.epoch !== last.epoch) close(cursor.seq)
  return batches
}

function streamItem(index: JournalIndex, event: StreamEvent): NonNullable<Batch['stream']>[number] {
  const eventId = (JSON.parse(event.text) as StoredEvent).id
  const { seq, receivedAt, findings, text } = event
  return index.events.has(eventId)
    ? { seq, eventId, receivedAt, findings }
    : { seq, eventId, text, receivedAt, findings }
}
