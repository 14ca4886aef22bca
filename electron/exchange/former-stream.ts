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
  /** Of ever later places. */
  readonly proofs: readonly StreamProof[]
  /** Up to the last place that is proved. */
  readonly places: readonly FormerPlace[]
}

/** So many hashes beside a page of texts; a request of every one a district may take would outgrow what it unpacks. */
const placesPerStretch = 10_000

/** The proof to bring places up to next: the furthest within a stretch, else the next there is. */
export function findStretchEnd({ proofs }: FormerStream, after: number): StreamProof | undefined {
  const ahead = proofs.filter(({ seq }) => seq > after)
  return ahead.findLast(({ seq }) => seq <= after + placesPerStretch) ?? ahead[0]
}

/**
 * Reads the whole journal once, which only a restored district asks for: what was accepted in each epoch before the present
 * one, newest first. The one before the last counts too: the line may have broken before it was given back then.
 */
export async function findFormerStreams(journal: Journal): Promise<readonly FormerStream[]> {
  const present = journal.index.cursor.epoch
  const lives = new Map<string, { readonly places: FormerPlace[]; readonly proofs: StreamProof[] }>()
  let epoch = ''
  for await (const batch of journal.batches()) {
    if (batch.cursor) epoch = batch.cursor.epoch
    if (epoch === present) continue
    const life = lives.get(epoch) ?? { places: [], proofs: [] }
    lives.set(epoch, life)
    for (const { seq, eventId, receivedAt, findings } of batch.stream ?? []) {
      life.places[seq - 1] = { eventId, receivedAt, findings }
    }
    if (batch.proof?.epoch === epoch) life.proofs.push(batch.proof)
  }
  return [...lives.values()].reverse().flatMap(({ places, proofs }) => provedPart(journal, places, proofs) ?? [])
}

/** As far as every place is known, its event is here, and the district had signed it. */
function provedPart(
  { index }: Journal,
  places: readonly (FormerPlace | undefined)[],
  proofs: readonly StreamProof[],
): FormerStream | undefined {
  const known: FormerPlace[] = []
  for (const place of places) {
    if (!place || !index.events.has(place.eventId)) break
    known.push(place)
  }
  const fitting = proofs.filter(({ seq }) => seq <= known.length).sort((a, b) => a.seq - b.seq)
  const last = fitting.at(-1)
  return last && { proofs: fitting, places: known.slice(0, last.seq) }
}
