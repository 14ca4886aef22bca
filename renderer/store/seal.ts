import { bytesOfText, textOfBytes } from './byte-text.ts'

/**
 * Sealed values of the page's store: `text( iv(12) ‖ AES-256-GCM(JSON) )`, with `place/version/id` as associated data,
 * so that a value moved to another document or collection does not open.
 */
const sealVersion = 2
const ivBytes = 12
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export type SealedPlace = 'dossiers' | 'drafts' | 'reference' | 'snapshot'

/** The page can use the key but never read it back. */
export function importStoreKey(bytes: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(bytes), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function seal(key: CryptoKey, place: SealedPlace, id: string, value: unknown): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const plain = encoder.encode(JSON.stringify(value))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: placeOf(place, id) }, key, plain)
  const bytes = new Uint8Array(ivBytes + sealed.byteLength)
  bytes.set(iv)
  bytes.set(new Uint8Array(sealed), ivBytes)
  return textOfBytes(bytes)
}

/** Throws when the value was changed, moved, or sealed with another key: the store is then rebuilt. */
export async function unseal<T>(key: CryptoKey, place: SealedPlace, id: string, sealed: string): Promise<T> {
  const bytes = bytesOfText(sealed)
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: bytes.subarray(0, ivBytes), additionalData: placeOf(place, id) },
    key,
    bytes.subarray(ivBytes),
  )
  return JSON.parse(decoder.decode(plain)) as T
}

function placeOf(place: SealedPlace, id: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${place}/${sealVersion}/${id}`)
}
