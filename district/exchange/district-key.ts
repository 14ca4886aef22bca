import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { syncFolderNow } from '../sync-folder.ts'

/** The district's Ed25519 key: desks learn its public half at enrolment and check verdicts with it. */
export interface DistrictKey {
  /** Raw 32 bytes in base64. */
  readonly publicKey: string
  readonly sign: (text: string) => string
}

export const keyFileIn = (dataFolder: string) => path.join(dataFolder, 'district-key.pem')

export function openDistrictKey(dataFolder: string): DistrictKey {
  const file = keyFileIn(dataFolder)
  if (!fs.existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeKeyFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
  }
  const privateKey = createPrivateKey(fs.readFileSync(file))
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x ?? '', 'base64url').toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  }
}

/** Written whole or not at all: a lost key would orphan every desk. */
export function writeKeyFile(file: string, text: string): void {
  const partial = `${file}.new`
  const handle = fs.openSync(partial, 'w', 0o600)
  fs.writeSync(handle, text)
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  fs.renameSync(partial, file)
  syncFolderNow(path.dirname(file))
}

/** By JWK, which Node reads ten times as fast as SPKI. */
export function publicKeyOf(rawBase64: string): KeyObject {
  const x = Buffer.from(rawBase64, 'base64').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

export function isSignedBy(rawPublicKey: string, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), publicKeyOf(rawPublicKey), Buffer.from(signature, 'base64'))
}
