import { type Batch, decodeBatch } from './batch.ts'
import type { Segments } from './segments.ts'

/** Frames lately read; histories of neighbouring dossiers lie in the same ones. */
const maxCached = 96

export class DamagedEntry extends Error {}

/** Reads batches by place, keeping the last few decoded. */
export function createBatchReader(
  segments: Segments,
): (place: { readonly segment: number; readonly offset: number; readonly bytes: number }) => Promise<Batch> {
  const cached = new Map<string, Batch>()
  return async (place) => {
    const key = `${place.segment}:${place.offset}`
    const known = cached.get(key)
    if (known) {
      cached.delete(key)
      cached.set(key, known)
      return known
    }
    const plain = await segments.read(place)
    if (!plain) throw new DamagedEntry(`journal frame ${key} does not open`)
    const batch = decodeBatch(plain)
    cached.set(key, batch)
    const oldest = cached.size > maxCached ? cached.keys().next().value : undefined
    if (oldest !== undefined) cached.delete(oldest)
    return batch
  }
}
