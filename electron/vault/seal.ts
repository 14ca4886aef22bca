import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * ```
 * sealed = version(1) ‖ nonce(12) ‖ AES-256-GCM ciphertext ‖ tag(16)      associated data = version ‖ place
 * ```
 * 1. `place` says where the value belongs ("drafts/<id>"): a sealed value moved elsewhere does not open.
 * 2. Every purpose has its own key, derived from the data key (HKDF-SHA-256).
 * 3. A value that does not open is damaged or foreign; it is never guessed.
 */
const version = 1
const nonceBytes = 12
const tagBytes = 16

export type Purpose = 'journal' | 'mirror' | 'drafts' | 'attachments' | 'settings' | 'reference' | 'page-store'

export function deriveKey(dataKey: Uint8Array, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, 'mot-cua', purpose, 32))
}

export function seal(key: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(`${version}|${place}`))
  return Buffer.concat([Buffer.of(version), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The plain bytes, or undefined when the value is damaged, foreign or not at its place. */
export function findSealed(key: Uint8Array, place: string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.byteLength < 1 + nonceBytes + tagBytes || sealed[0] !== version) return undefined
  const tagAt = sealed.byteLength - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes))
    .setAAD(Buffer.from(`${version}|${place}`))
    .setAuthTag(sealed.subarray(tagAt))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes, tagAt)), decipher.final()])
  } catch {
    return undefined
  }
}
