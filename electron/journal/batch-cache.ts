import { type Batch, decodeBatch } from './batch.ts'
import type { Segments } from './segments.ts'

/**
 * Frames lately read. Dossiers that last changed together began within days of each other, so a rebuild of the whole
 * view goes back and forth over some two hundred: with fewer kept, each is decoded again for every dossier.
 */
const maxCached = 256
/** Nobody reads histories in a row any more: the memory is worth more elsewhere. */
const keptMs = 30_000

export class DamagedEntry extends Error {}

/** Reads batches by place, keeping the last few decoded. */
export function createBatchReader(
  segments: Segments,
): (place: { readonly segment: number; readonly offset: number; readonly bytes: number }) => Promise<Batch> {
  const cached = new Map<string, Batch>()
  const forget = setTimeout(() => cached.clear(), keptMs).unref()
  return async (place) => {
    forget.refresh()
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
