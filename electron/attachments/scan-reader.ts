import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { AttachmentFailure } from '../../shared/ipc/contract.ts'
import type { AttachmentStore } from './attachment-store.ts'

/** Reads a scan from this PC, or brings it from the district when another desk took it in. */
export interface ScanReader {
  readonly read: (sha256: string) => Promise<Result<Buffer, AttachmentFailure>>
}

export function createScanReader(
  store: AttachmentStore,
  fetchScan: (sha256: string) => Promise<Buffer | undefined>,
): ScanReader {
  return {
    async read(sha256) {
      const here = await store.find(sha256)
      if (here && here !== 'damaged') return ok(here)
      const fetched = await fetchScan(sha256)
      if (!fetched) return err({ code: here === 'damaged' ? 'attachment/damaged' : 'attachment/not-here' })
      if (createHash('sha256').update(fetched).digest('hex') !== sha256) return err({ code: 'attachment/damaged' })
      await store.put(fetched)
      return ok(fetched)
    },
  }
}
