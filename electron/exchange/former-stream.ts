import type { StreamProof } from '../../shared/wire/stream-proof.ts'
import type { Batch } from '../journal/batch.ts'
import type { Journal } from '../journal/journal.ts'

export interface FormerPlace {
  readonly eventId: string
  readonly receivedAt: string
  readonly findings: NonNullable<Batch['stream']>[number]['findings']
}

/** The unit's stream as the district had given it before it was restored, as far as its own signature proves it. */
export interface FormerStream {
  readonly proof: StreamProof
  /** Places 1 … `proof.seq`. */
  readonly places: readonly FormerPlace[]
}

/**
 * Reads the whole journal once, which only a restored district asks for: what was accepted in the last epoch before the
 * present one. Undefined when that is not known without a gap, or was never proved.
 */
export async function findFormerStream(journal: Journal): Promise<FormerStream | undefined> {
  const present = journal.index.cursor.epoch
  let epoch = ''
  let former: FormerStream | undefined
  let proof: StreamProof | undefined
  let places: FormerPlace[] = []
  const close = () => {
    if (proof && epoch === proof.epoch && isKnownUpTo(places, proof.seq)) {
      former = { proof, places: places.slice(0, proof.seq) }
    }
    proof = undefined
    places = []
  }
  for await (const batch of journal.batches()) {
    if (batch.cursor && batch.cursor.epoch !== epoch) {
      if (epoch !== '') close()
      epoch = batch.cursor.epoch
    }
    if (epoch === present) continue
    for (const { seq, eventId, receivedAt, findings } of batch.stream ?? []) {
      places[seq - 1] = { eventId, receivedAt, findings }
    }
    if (batch.proof && batch.proof.seq >= (proof?.seq ?? 0)) proof = batch.proof
  }
  return former
}

function isKnownUpTo(places: readonly (FormerPlace | undefined)[], seq: number): boolean {
  if (places.length < seq) return false
  for (let at = 0; at < seq; at += 1) if (!places[at]) return false
  return true
}
