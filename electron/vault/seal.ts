import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * ```
 * sealed = version(1) ‖ key id(4) ‖ nonce(12) ‖ AES-256-GCM ciphertext ‖ tag(16)
 *                                                                  associated data = version ‖ key id ‖ place
 * ```
 * 1. `place` says where the value belongs ("drafts/<id>"): a sealed value moved elsewhere does not open.
 * 2. Every purpose has its own key, derived from the data key (HKDF-SHA-256). The key id tells one key from another
 *    without telling anything of it.
 * 3. A value that does not open is damaged or foreign; it is never guessed.
 */
const version = 1
const keyIdBytes = 4
const nonceBytes = 12
const tagBytes = 16

export type Purpose =
  | 'journal'
  | 'mirror'
  | 'drafts'
  | 'attachments'
  | 'settings'
  | 'reference'
  | 'page-store'
  | 'backup'

export function deriveKey(dataKey: Uint8Array, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, 'mot-cua', purpose, 32))
}

export function seal(key: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const head = headOf(key)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.concat([head, Buffer.from(place)]))
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The plain bytes, or undefined when the value is damaged, foreign or not at its place. */
export function findSealed(key: Uint8Array, place: string, sealed: Uint8Array): Buffer | undefined {
  const head = headOf(key)
  const textAt = head.byteLength + nonceBytes
  const tagAt = sealed.byteLength - tagBytes
  if (tagAt < textAt || !bearsKey(key, sealed)) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(head.byteLength, textAt))
    .setAAD(Buffer.concat([head, Buffer.from(place)]))
    .setAuthTag(sealed.subarray(tagAt))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(textAt, tagAt)), decipher.final()])
  } catch {
    return undefined
  }
}

/** Whether a value, whole or not, was sealed under this key. */
export function bearsKey(key: Uint8Array, sealed: Uint8Array): boolean {
  const head = headOf(key)
  return head.equals(sealed.subarray(0, head.byteLength))
}

function headOf(key: Uint8Array): Buffer {
  const keyId = createHmac('sha256', key).update('key id').digest().subarray(0, keyIdBytes)
  return Buffer.concat([Buffer.of(version), keyId])
}
