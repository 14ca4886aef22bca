import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

/**
 * A letter box: anyone who knows the public half can seal, only the holder of the private half opens.
 * ```
 * sealed = version(1) ‖ encapsulated key(65) ‖ AES-256-GCM ciphertext ‖ tag(16)         info = context, associated data = version
 * ```
 * 1. HPKE base mode of RFC 9180: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, from the platform's own WebCrypto.
 * 2. `context` says what the value is and for whom: a sealed value used as another one does not open.
 * 3. A box proves nothing about who sealed; who must be known signs.
 */
const version = 1
const encapsulatedBytes = 65
const tagBytes = 16
const headBytes = 1 + encapsulatedBytes

function suite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
}

/** Both halves raw in base64: the uncompressed point (65 bytes), the scalar (32 bytes). */
export interface BoxKey {
  readonly publicKey: string
  readonly privateKey: string
}

export async function newBoxKey(): Promise<BoxKey> {
  const { kem } = suite()
  const pair = await kem.generateKeyPair()
  return {
    publicKey: Buffer.from(await kem.serializePublicKey(pair.publicKey)).toString('base64'),
    privateKey: Buffer.from(await kem.serializePrivateKey(pair.privateKey)).toString('base64'),
  }
}

/** False for what is no point of the curve. A key is checked where it is taken in: sealing to a wrong one throws. */
export function isBoxPublicKey(publicKey: string): Promise<boolean> {
  return suite()
    .kem.deserializePublicKey(bytesOf(publicKey))
    .then(
      () => true,
      () => false,
    )
}

export async function sealTo(publicKey: string, context: string, plain: Uint8Array): Promise<Buffer> {
  const hpke = suite()
  const recipientPublicKey = await hpke.kem.deserializePublicKey(bytesOf(publicKey))
  const sender = await hpke.createSenderContext({ recipientPublicKey, info: Buffer.from(context) })
  const sealed = await sender.seal(Uint8Array.from(plain), Uint8Array.of(version))
  return Buffer.concat([Uint8Array.of(version), new Uint8Array(sender.enc), new Uint8Array(sealed)])
}

/** The plain bytes, or undefined when the value is damaged, for another box or of another context. */
export async function openSealed(privateKey: string, context: string, sealed: Uint8Array): Promise<Buffer | undefined> {
  if (sealed.byteLength < headBytes + tagBytes || sealed[0] !== version) return undefined
  const hpke = suite()
  const recipientKey = await hpke.kem.deserializePrivateKey(bytesOf(privateKey))
  try {
    const enc = Uint8Array.from(sealed.subarray(1, headBytes))
    const recipient = await hpke.createRecipientContext({ recipientKey, enc, info: Buffer.from(context) })
    return Buffer.from(await recipient.open(Uint8Array.from(sealed.subarray(headBytes)), Uint8Array.of(version)))
  } catch {
    return undefined
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'))
}
