import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { maxScanBytes, type Scan } from '../../shared/domain/submitted-document.ts'
import type { AttachmentFailure } from '../../shared/ipc/contract.ts'
import { findMediaType } from '../../shared/wire/attachment.ts'
import type { AttachmentStore } from './attachment-store.ts'

interface Upload {
  readonly name: string
  readonly buffer: Buffer
  received: number
}

/** At most so many scans come in from the page at once; an abandoned one makes room for the next. */
const maxOpenUploads = 4

/** Takes a scan from the page in parts, checks what it really is, and stores it. */
export interface Uploads {
  readonly begin: (name: string, bytes: number) => Result<{ readonly uploadId: string }, AttachmentFailure>
  readonly part: (uploadId: string, part: Uint8Array) => Result<null, AttachmentFailure>
  readonly finish: (uploadId: string) => Promise<Result<Scan, AttachmentFailure>>
}

export function createUploads(store: AttachmentStore): Uploads {
  const open = new Map<string, Upload>()
  return {
    begin(name, bytes) {
      if (bytes === 0) return err({ code: 'attachment/empty' })
      if (bytes > maxScanBytes) return err({ code: 'attachment/too-large', maxBytes: maxScanBytes })
      const oldest = open.size >= maxOpenUploads ? open.keys().next().value : undefined
      if (oldest !== undefined) open.delete(oldest)
      const uploadId = randomUUID()
      open.set(uploadId, { name, buffer: Buffer.alloc(bytes), received: 0 })
      return ok({ uploadId })
    },
    part(uploadId, part) {
      const upload = open.get(uploadId)
      if (!upload || upload.received + part.byteLength > upload.buffer.byteLength) {
        open.delete(uploadId)
        return err({ code: 'attachment/incomplete' })
      }
      upload.buffer.set(part, upload.received)
      upload.received += part.byteLength
      return ok(null)
    },
    async finish(uploadId) {
      const upload = open.get(uploadId)
      open.delete(uploadId)
      if (!upload || upload.received !== upload.buffer.byteLength) return err({ code: 'attachment/incomplete' })
      const mediaType = findMediaType(upload.buffer)
      if (!mediaType) return err({ code: 'attachment/wrong-type' })
      const sha256 = await store.put(upload.buffer)
      return ok({ sha256, bytes: upload.buffer.byteLength, mediaType, name: upload.name })
    },
  }
}
