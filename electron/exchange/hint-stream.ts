import { hintsPath } from '../../shared/wire/hint.ts'
import type { DistrictClient } from './district-client.ts'

/** Longer than any stream lives; the line ends it before. */
const streamTimeoutMs = 6 * 3_600_000

/** Listens to the district's hints until the line drops; a hint is only a reason to ask. */
export async function listenToHints(client: DistrictClient, signal: AbortSignal, onHint: () => void): Promise<void> {
  const opened = await client.request({ method: 'GET', path: hintsPath, timeoutMs: streamTimeoutMs, signal })
  if (!opened.ok || !opened.value.body) return
  const decoder = new TextDecoder()
  try {
    for await (const part of opened.value.body) {
      if (decoder.decode(part as Uint8Array, { stream: true }).includes('data:')) onHint()
    }
  } catch {
    // The line dropped; the exchange notices by itself and opens another stream later.
  }
}
