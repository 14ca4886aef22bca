import { type Batch, decodeBatch } from './batch.ts'
import type { SegmentPlace, Segments } from './segments.ts'

/**
 * Frames lately read. Dossiers that last changed together began within days of each other, so a rebuild of the whole
 * view goes back and forth over some two hundred: with fewer kept, each is decoded again for every dossier.
 */
const maxCached = 256
/** Nobody reads histories in a row any more: the memory is worth more elsewhere. */
const keptMs = 30_000

export class DamagedEntry extends Error {}

type Place = Pick<SegmentPlace, 'segment' | 'offset' | 'bytes'>

/** Reads batches by place, keeping the last few decoded; who asks for one that is being read waits for that reading. */
export function createBatchReader(segments: Pick<Segments, 'read'>): (place: Place) => Promise<Batch> {
  const cached = new Map<string, Promise<Batch>>()
  const forget = setTimeout(() => cached.clear(), keptMs).unref()

  async function read(place: Place): Promise<Batch> {
    const plain = await segments.read(place)
    if (!plain) throw new DamagedEntry(`journal frame ${keyOf(place)} does not open`)
    return decodeBatch(plain)
  }

  return (place) => {
    forget.refresh()
    const key = keyOf(place)
    const reading = cached.get(key) ?? read(place)
    cached.delete(key)
    cached.set(key, reading)
    // A frame that does not open may be mended by the next reading.
    reading.catch(() => cached.delete(key))
    const oldest = cached.size > maxCached ? cached.keys().next().value : undefined
    if (oldest !== undefined) cached.delete(oldest)
    return reading
  }
}

function keyOf({ segment, offset }: Place): string {
  return `${segment}:${offset}`
}
