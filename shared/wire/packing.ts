/** How tightly messages are packed (Brotli): 5 is as fast as gzip 9 here and smaller, 1 is for a line that carries more than it packs. */
export const brotliQuality = { tight: 9, usual: 5, quick: 1 } as const

/** How a message is packed; not at all where that takes longer than carrying it as it is. */
export type Packing = keyof typeof brotliQuality | 'none'

const smallWindowBits = 16
const usualWindowBits = 22
/** Brotli keeps 16 bytes of its window to itself. */
const smallWindowBytes = 2 ** smallWindowBits - 16

/**
 * The window that sees all of a message: packed as small as with a larger one. At quality 9 a larger one first takes
 * 32 MB of memory, which costs most messages ten times what packing them does.
 */
export function windowBitsFor(bytes: number): number {
  return bytes <= smallWindowBytes ? smallWindowBits : usualWindowBits
}

const smallPieceBytes = 16 * 1024
const largestPieceBytes = 256 * 1024

/** Packing and unpacking go to another thread and back for each piece of their result. */
export function pieceBytesFor(bytes: number): number {
  return Math.min(largestPieceBytes, Math.max(smallPieceBytes, Math.round(bytes)))
}
