import { err, ok, type Result } from '../../../../shared/core/result.ts'
import { maxScanBytes } from '../../../../shared/domain/submitted-document.ts'
import { type Failure, maxPartBytes } from '../../../../shared/ipc/contract.ts'
import { desk } from '../../../app/desk.ts'
import type { ImageAnswer } from '../../../scans/image-wish.ts'
import { workOnImage } from '../../../scans/image-work.ts'
import { rememberThumbnail } from '../../../scans/thumbnails.ts'
import type { AttachedScan } from '../draft-content.ts'
import { countPdfPages, sniffMediaType } from './sniff-media-type.ts'

export type UploadFailure = Failure<'attachments.begin' | 'attachments.part' | 'attachments.finish'>

/** A photograph this large is worth looking at: reduced it may well fit. */
const maxPictureBytes = 4 * maxScanBytes

/** Looks at a chosen file before anything is sent. */
export function refusalOfFile(bytes: Uint8Array): UploadFailure | undefined {
  if (bytes.byteLength === 0) return { code: 'attachment/empty' }
  if (bytes.byteLength > maxScanBytes) return { code: 'attachment/too-large', maxBytes: maxScanBytes }
  return sniffMediaType(bytes) ? undefined : { code: 'attachment/wrong-type' }
}

/**
 * Hands a file to main in parts. When it answers, the scan is sealed and fsynced, before any event names it.
 * A picture is reduced on the way, unless the document must be kept as it was scanned.
 */
export async function uploadScan(
  file: File,
  asReceived: boolean,
  onProgress: (sentBytes: number) => void,
): Promise<Result<AttachedScan, UploadFailure>> {
  if (file.size > maxPictureBytes) return err({ code: 'attachment/too-large', maxBytes: maxScanBytes })
  const original = new Uint8Array(await file.arrayBuffer())
  const type = sniffMediaType(original)
  const isPicture = type !== undefined && type !== 'application/pdf'
  const { thumbnail, reduced } = isPicture
    ? await workOnImage(new Blob([original], { type }), !asReceived)
    : ({} as Partial<ImageAnswer>)
  const bytes = reduced ? new Uint8Array(await reduced.arrayBuffer()) : original
  const refusal = refusalOfFile(bytes)
  if (refusal) return err(refusal)
  const name = nameOf(file.name, reduced !== undefined)
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
  if (thumbnail) rememberThumbnail(finished.value.sha256, thumbnail)
  const pages = finished.value.mediaType === 'application/pdf' ? countPdfPages(bytes) : 1
  const originalBytes = reduced ? { originalBytes: original.byteLength } : {}
  return ok({ ...finished.value, ...(pages ? { pages } : {}), ...originalBytes })
}

/** A reduced picture is a JPEG, whatever it was before. */
function nameOf(fileName: string, isReduced: boolean): string {
  const name = fileName.normalize('NFC')
  return (isReduced ? name.replace(/\.png$/i, '.jpg') : name).slice(-200)
}
