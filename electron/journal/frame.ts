import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { invariant } from '../../shared/core/assert.ts'

/**
 * One frame is one atomic batch:
 * ```
 * magic(4) ‖ length(4) ‖ ordinal(4) ‖ crc32(4) ‖ nonce(12) ‖ AES-256-GCM ciphertext ‖ tag(16)
 * ```
 * 1. `length` counts everything after the crc; the crc covers length, ordinal and everything after it,
 *    so frames are found again behind a damaged region without the key.
 * 2. Associated data = file label ‖ ordinal: a frame opens only in its file and at its place in the order.
 * 3. A frame is whole or it is not there: half a batch is never read.
 * 4. The magic makes the search behind damage as quick as reading.
 */
const magic = Buffer.from('MCf1')
const headerBytes = 16
const nonceBytes = 12
const tagBytes = 16
const overhead = nonceBytes + tagBytes
/** Larger than any batch written; a larger length is damage. */
const maxFrameBytes = 16 * 1024 * 1024

export interface FrameKey {
  readonly key: Uint8Array
  /** Names the file, so that frames cannot be moved between files. */
  readonly label: string
}

export function encodeFrame(frameKey: FrameKey, ordinal: number, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', frameKey.key, nonce).setAAD(associatedData(frameKey, ordinal))
  const length = overhead + plain.byteLength
  invariant(length <= maxFrameBytes, 'a frame nobody could read again')
  const frame = Buffer.allocUnsafe(headerBytes + length)
  magic.copy(frame)
  frame.writeUInt32LE(length, 4)
  frame.writeUInt32LE(ordinal, 8)
  nonce.copy(frame, headerBytes)
  cipher.update(plain).copy(frame, headerBytes + nonceBytes)
  // In this mode of counting nothing is left to be written at the end.
  cipher.final()
  cipher.getAuthTag().copy(frame, frame.byteLength - tagBytes)
  frame.writeUInt32LE(checksum(frame, frame.subarray(headerBytes)), 12)
  return frame
}

/** A frame that lies whole at `offset`, judged by magic, length and checksum alone. */
export interface FramePlace {
  readonly offset: number
  readonly bytes: number
  readonly ordinal: number
}

export function findFrameAt(file: Buffer, offset: number): FramePlace | undefined {
  if (offset + headerBytes > file.byteLength) return undefined
  const header = file.subarray(offset, offset + headerBytes)
  if (!header.subarray(0, magic.byteLength).equals(magic)) return undefined
  const length = header.readUInt32LE(4)
  if (length < overhead || length > maxFrameBytes || offset + headerBytes + length > file.byteLength) return undefined
  const body = file.subarray(offset + headerBytes, offset + headerBytes + length)
  if (checksum(header, body) !== header.readUInt32LE(12)) return undefined
  return { offset, bytes: headerBytes + length, ordinal: header.readUInt32LE(8) }
}

/** The next place behind `offset` where a frame may begin; the end of the file when there is none. */
export function nextCandidate(file: Buffer, offset: number): number {
  const found = file.indexOf(magic, offset + 1)
  return found === -1 ? file.byteLength : found
}

/** The plain batch of a frame, or undefined when a bit of it is not as it was written. */
export function openFrame(frameKey: FrameKey, frame: Buffer): Buffer | undefined {
  if (frame.byteLength < headerBytes + overhead) return undefined
  const ordinal = frame.readUInt32LE(8)
  const tagAt = frame.byteLength - tagBytes
  const textAt = headerBytes + nonceBytes
  const decipher = createDecipheriv('aes-256-gcm', frameKey.key, frame.subarray(headerBytes, textAt))
    .setAAD(associatedData(frameKey, ordinal))
    .setAuthTag(frame.subarray(tagAt))
  try {
    return Buffer.concat([decipher.update(frame.subarray(textAt, tagAt)), decipher.final()])
  } catch {
    return undefined
  }
}

function checksum(header: Buffer, body: Uint8Array): number {
  return crc32(body, crc32(header.subarray(magic.byteLength, 12)))
}

function associatedData(frameKey: FrameKey, ordinal: number): Buffer {
  return Buffer.from(`mot-cua/1|${frameKey.label}|${ordinal}`)
}
