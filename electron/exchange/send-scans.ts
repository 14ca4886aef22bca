import { err, ok, type Result } from '../../shared/core/result.ts'
import { attachmentPath } from '../../shared/wire/attachment.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { Journal } from '../journal/journal.ts'
import type { OwnScan } from '../journal/scan-table.ts'
import type { DistrictClient, DistrictFailure } from './district-client.ts'
import { uploadScan } from './upload-scan.ts'

/** A 10 MB scan over 256 kbit/s takes five and a half minutes. */
export const scanTimeoutMs = 600_000
const askTimeoutMs = 30_000
/** Smaller scans go whole in one request; a larger one is worth going on with after a broken line. */
const smallestUploadBytes = 64 * 1024
/** One scan fills the line while another waits for an answer. */
const scansAtOnce = 3
/** How often running uploads look whether events wait. */
const lookMs = 250

/**
 * Sends the scans the district lacks, after the events that name them.
 * ```
 * unsent scans ──► three at a time: held? ─ no ─► whole, or by parts from where the last try ended ──► noted in the journal
 *      ▲                                 events wait ─► running ones stop where they are
 *      └───────────────────────────────────────┘
 * ```
 * 1. `onProgress` answers true when events wait again: they always go first, also before the rest of a running scan.
 * 2. A scan the district will not have stays unsent and does not hold up the others.
 */
export async function sendScans(
  client: DistrictClient,
  journal: Journal,
  attachments: AttachmentStore,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => boolean,
): Promise<Result<'all-sent' | 'interrupted', DistrictFailure>> {
  const waiting = [...journal.index.unsentScans.values()]
  const total = waiting.length
  const pausing = new AbortController()
  const stop = AbortSignal.any([signal, pausing.signal])
  let done = 0
  let failure: DistrictFailure | undefined
  const look = () => {
    if (onProgress(done, total)) pausing.abort()
  }

  async function sendNext(): Promise<void> {
    for (let scan = waiting.shift(); scan && !stop.aborted && !failure; scan = waiting.shift()) {
      const sent = await sendScan(client, attachments, scan, stop)
      if (sent.ok && sent.value === 'held') await journal.append([{ scansSent: [scan.sha256] }])
      if (!sent.ok && !stop.aborted && !isOfThisScan(sent.error)) failure ??= sent.error
      done += 1
      look()
    }
  }

  look()
  const looking = setInterval(look, lookMs)
  try {
    await Promise.all(Array.from({ length: Math.min(scansAtOnce, total) }, sendNext))
  } finally {
    clearInterval(looking)
  }
  if (failure) return err(failure)
  return ok(pausing.signal.aborted ? 'interrupted' : 'all-sent')
}

function isOfThisScan(failure: DistrictFailure): boolean {
  return failure.code === 'district/refused' && [400, 413, 422].includes(failure.status)
}

async function sendScan(
  client: DistrictClient,
  attachments: AttachmentStore,
  { sha256, mediaType }: OwnScan,
  signal: AbortSignal,
): Promise<Result<'held' | 'lost', DistrictFailure>> {
  const path = `${attachmentPath}${sha256}`
  const asked = await client.request({ method: 'HEAD', path, timeoutMs: askTimeoutMs, signal })
  if (asked.ok) return ok('held')
  if (asked.error.code === 'district/unreachable' || asked.error.status !== 404) return err(asked.error)
  const content = await attachments.find(sha256)
  // A damaged or missing scan must not hold up the others; the outbox goes on naming it.
  if (!content || content === 'damaged') return ok('lost')
  const bytes = { mediaType, content }
  const sent =
    content.byteLength < smallestUploadBytes
      ? await client.request({ method: 'PUT', path, bytes, timeoutMs: scanTimeoutMs, signal })
      : await uploadScan(client, { sha256, content, begun: asked.error.uploadOffset !== undefined }, signal)
  return sent.ok ? ok('held') : sent
}
