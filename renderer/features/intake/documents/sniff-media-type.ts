import type { scanMediaTypes } from '../../../../shared/domain/submitted-document.ts'

type ScanMediaType = (typeof scanMediaTypes)[number]

const signatures: readonly (readonly [ScanMediaType, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
]

/** By the first bytes: names and declared types of scans are often wrong. Main looks again. */
export function sniffMediaType(bytes: Uint8Array): ScanMediaType | undefined {
  return signatures.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte))?.[0]
}

/** Pages of a PDF, by its page objects; undefined where they are packed and cannot be seen. */
export function countPdfPages(bytes: Uint8Array): number | undefined {
  const text = new TextDecoder('latin1').decode(bytes)
  return text.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length
}
