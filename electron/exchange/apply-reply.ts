import { verify } from 'node:crypto'
import type { StoredEvent } from '../../shared/domain/event.ts'
import {
  type ExchangeReply,
  type StreamEvent,
  type Verdict,
  verdictsSignatureInput,
} from '../../shared/wire/exchange.ts'
import { publicKeyFromRaw } from '../enrolment/desk-identity.ts'
import type { Batch } from '../journal/batch.ts'
import type { Journal } from '../journal/journal.ts'
import type { JournalIndex } from '../journal/journal-index.ts'

/** Frames stay small, so that one dossier's history is read without opening a whole day. */
const frameTextBytes = 64 * 1024

export function isSignedByDistrict(reply: ExchangeReply, districtPublicKey: string): boolean {
  const input = Buffer.from(verdictsSignatureInput(reply))
  return verify(null, input, publicKeyFromRaw(districtPublicKey), Buffer.from(reply.signature, 'base64'))
}

/**
 * ```
 * reply ─► verdicts (first frame) ─► stream events, frame by frame, each with the cursor that covers it
 * ```
 * 1. All frames of one reply are written and synced together, before anything else sees them.
 * 2. A frame's cursor never runs ahead of the events that lie in or before it.
 * 3. An own event parked behind a refused own one would wait for ever: it counts as refused too, and is decided again.
 * 4. Another epoch means a restored district: places learned before are forgotten and own events offered again.
 * 5. A desk that lost its tail (the district knows more of its chain) goes on behind the district's head and
 *    pulls everything again; it is whole once that is done.
 */
export async function applyReply(journal: Journal, reply: ExchangeReply): Promise<void> {
  const { index } = journal
  const lostTail = reply.ownHead.n > index.chain.n
  const newEpoch = index.cursor.epoch !== '' && index.cursor.epoch !== reply.cursor.epoch
  const batches: Batch[] = []
  const verdicts = finalVerdicts(index, reply.verdicts)
  if (verdicts.length > 0 || lostTail || newEpoch) {
    batches.push({
      ...(newEpoch ? { newEpoch } : {}),
      ...(verdicts.length > 0 ? { verdicts: [...verdicts] } : {}),
      ...(lostTail ? { chainHead: reply.ownHead, cursor: { epoch: reply.cursor.epoch, seq: 0 } } : {}),
    })
  }
  if (!lostTail) batches.push(...streamBatches(index, reply))
  if (batches.length > 0) await journal.append(batches)
  if (!journal.isWhole() && !lostTail && !reply.more) journal.markWhole()
}

/** What no longer changes; a parked event stays unsent and is offered again. */
function finalVerdicts(index: JournalIndex, verdicts: readonly Verdict[]): readonly Verdict[] {
  const refusedNow = new Set(
    verdicts.filter(({ verdict }) => verdict === 'refused').map(({ eventId }) => String(eventId)),
  )
  return verdicts.flatMap((verdict): readonly Verdict[] => {
    if (verdict.verdict !== 'parked') return [verdict]
    if (!hasRefusedPredecessor(index, verdict.eventId, refusedNow)) return []
    refusedNow.add(verdict.eventId)
    return [{ eventId: verdict.eventId, verdict: 'refused', code: 'dossier/predecessor-refused' }]
  })
}

function hasRefusedPredecessor(index: JournalIndex, eventId: string, refusedNow: ReadonlySet<string>): boolean {
  const entry = index.events.get(eventId)
  const siblings = index.dossiers.get(entry?.dossierId ?? '')?.events ?? []
  return siblings.some(
    (other) =>
      other.chainN !== undefined &&
      other.chainN < (entry?.chainN ?? 0) &&
      (other.refusedCode !== undefined || refusedNow.has(other.eventId)),
  )
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
