import { err, ok, type Result } from '../../../../shared/core/result.ts'
import { maxScanBytes } from '../../../../shared/domain/submitted-document.ts'
import { type Failure, maxPartBytes } from '../../../../shared/ipc/contract.ts'
import { desk } from '../../../app/desk.ts'
import type { AttachedScan } from '../draft-content.ts'
import { countPdfPages, sniffMediaType } from './sniff-media-type.ts'

export type UploadFailure = Failure<'attachments.begin' | 'attachments.part' | 'attachments.finish'>

/** Looks at a chosen file before anything is sent. */
export function refusalOfFile(bytes: Uint8Array): UploadFailure | undefined {
  if (bytes.byteLength === 0) return { code: 'attachment/empty' }
  if (bytes.byteLength > maxScanBytes) return { code: 'attachment/too-large', maxBytes: maxScanBytes }
  return sniffMediaType(bytes) ? undefined : { code: 'attachment/wrong-type' }
}

/** Hands a file to main in parts. When it answers, the scan is sealed and fsynced, before any event names it. */
export async function uploadScan(
  file: File,
  onProgress: (sentBytes: number) => void,
): Promise<Result<AttachedScan, UploadFailure>> {
  if (file.size > maxScanBytes) return err({ code: 'attachment/too-large', maxBytes: maxScanBytes })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const refusal = refusalOfFile(bytes)
  if (refusal) return err(refusal)
  const name = file.name.normalize('NFC').slice(-200)
  const begun = await desk('attachments.begin', { name, bytes: bytes.byteLength })
  if (!begun.ok) return begun
  const { uploadId } = begun.value
  for (let offset = 0; offset < bytes.byteLength; offset += maxPartBytes) {
    const part = bytes.slice(offset, offset + maxPartBytes)
    const sent = await desk('attachments.part', { uploadId, part })
    if (!sent.ok) return sent
    onProgress(offset + part.byteLength)
  }
  const finished = await desk('attachments.finish', { uploadId })
  if (!finished.ok) return finished
  const pages = finished.value.mediaType === 'application/pdf' ? countPdfPages(bytes) : 1
  return ok({ ...finished.value, ...(pages ? { pages } : {}) })
}
