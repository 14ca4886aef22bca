import { err, ok, type Result } from '../../shared/core/result.ts'
import { attachmentPath } from '../../shared/wire/attachment.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { Journal } from '../journal/journal.ts'
import type { OwnScan } from '../journal/journal-index.ts'
import type { DistrictClient, DistrictFailure } from './district-client.ts'

/** A 10 MB scan over 256 kbit/s takes five and a half minutes. */
export const scanTimeoutMs = 600_000
const askTimeoutMs = 30_000

/**
 * Sends the scans the district lacks, one after another, after the events that name them.
 * `onProgress` answers true when events wait again: they always go first.
 * A scan the district will not have stays unsent and does not hold up the others.
 */
export async function sendScans(
  client: DistrictClient,
  journal: Journal,
  attachments: AttachmentStore,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => boolean,
): Promise<Result<'all-sent' | 'interrupted', DistrictFailure>> {
  const scans = [...journal.index.unsentScans.values()]
  for (const [at, scan] of scans.entries()) {
    if (onProgress(at, scans.length)) return ok('interrupted')
    const sent = await sendScan(client, attachments, scan, signal)
    if (!sent.ok && isOfThisScan(sent.error)) continue
    if (!sent.ok) return sent
    if (sent.value === 'held') await journal.append([{ scansSent: [scan.sha256] }])
  }
  return ok('all-sent')
}

function isOfThisScan(failure: DistrictFailure): boolean {
  return failure.code === 'district/refused' && [400, 413, 422].includes(failure.status)
}

async function sendScan(
  client: DistrictClient,
  attachments: AttachmentStore,
  scan: OwnScan,
  signal: AbortSignal,
): Promise<Result<'held' | 'lost', DistrictFailure>> {
  const path = `${attachmentPath}${scan.sha256}`
  const asked = await client.request({ method: 'HEAD', path, timeoutMs: askTimeoutMs, signal })
  if (asked.ok) return ok('held')
  if (asked.error.code === 'district/unreachable' || asked.error.status !== 404) return err(asked.error)
  const content = await attachments.find(scan.sha256)
  // A damaged or missing scan must not hold up the others; the outbox goes on naming it.
  if (!content || content === 'damaged') return ok('lost')
  const bytes = { mediaType: scan.mediaType, content }
  const put = await client.request({ method: 'PUT', path, bytes, timeoutMs: scanTimeoutMs, signal })
  return put.ok ? ok('held') : put
}
