import { maxScanBytes, type scanMediaTypes } from '../domain/submitted-document.ts'

/**
 * Scans travel apart, by content hash, after the events that name them:
 * ```
 * HEAD /v1/attachments/{sha256}   204 held · 404 not; then `upload-offset` tells how far an upload of this desk came
 * PUT  /v1/attachments/{sha256}   a small scan whole, answered 201 after fsync
 * POST /v1/uploads                a large one by tus 1.0 (creation with upload); its place is /v1/uploads/{sha256}
 * PATCH /v1/uploads/{sha256}      goes on after a broken line, where HEAD says; 204 after fsync of the whole
 * GET  /v1/attachments/{sha256}   the bytes
 * ```
 * 1. The signature of an upload's request covers the digest of the body it means to send; what arrives of it is kept,
 *    and proved by the hash of the whole.
 * 2. Nothing stands under its hash before every byte of it is there, right and fsynced.
 */
export const attachmentPath = '/v1/attachments/'
export const uploadPath = '/v1/uploads'
export const maxAttachmentBytes = maxScanBytes

/** The media type the first bytes say, whatever the file is called. */
export function findMediaType(head: Uint8Array): (typeof scanMediaTypes)[number] | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  return undefined
}
