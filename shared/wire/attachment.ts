import { maxScanBytes, type scanMediaTypes } from '../domain/submitted-document.ts'

/**
 * Scans travel apart, by content hash, after the events that name them:
 * `HEAD /v1/attachments/{sha256}` 204 when the district holds it, 404 when not ·
 * `PUT /v1/attachments/{sha256}` the bytes, answered 201 after fsync · `GET /v1/attachments/{sha256}` the bytes.
 */
export const attachmentPath = '/v1/attachments/'
export const maxAttachmentBytes = maxScanBytes

/** The media type the first bytes say, whatever the file is called. */
export function findMediaType(head: Uint8Array): (typeof scanMediaTypes)[number] | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  return undefined
}
