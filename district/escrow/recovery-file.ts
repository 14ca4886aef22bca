import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { UnitId } from '../../shared/core/ids.ts'
import { newBoxKey } from '../../shared/node/sealed-box.ts'
import {
  normalisePassphrase,
  type RecoveryFile,
  recoveryFileBinding,
  recoveryFileFormat,
  recoveryFileSchema,
} from '../../shared/wire/recovery-file.ts'

type ScryptCost = RecoveryFile['scrypt']
const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)
const cost = { N: 131_072, r: 8, p: 1 }
const tagBytes = 16

/** A new recovery key of a unit: what goes into the file. The private half exists nowhere else. */
export async function makeRecoveryFile(unitId: UnitId, passphrase: string): Promise<RecoveryFile> {
  const { publicKey, privateKey } = await newBoxKey()
  const keyId = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16)
  const head = { version: 1 as const, unitId, keyId, publicKey }
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const key = await keyFrom(passphrase, { ...cost, salt: salt.toString('base64') })
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(recoveryFileBinding(head)))
  const sealed = Buffer.concat([cipher.update(Buffer.from(privateKey, 'base64')), cipher.final(), cipher.getAuthTag()])
  return {
    format: recoveryFileFormat,
    ...head,
    scrypt: { salt: salt.toString('base64'), ...cost },
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  }
}

/** The private half in base64, or why there is none. */
export async function openRecoveryFile(
  text: string,
  passphrase: string,
): Promise<{ file: RecoveryFile; privateKey: string } | 'not-a-recovery-file' | 'wrong-passphrase'> {
  const parsed = recoveryFileSchema.safeParse(parseJson(text))
  if (!parsed.success) return 'not-a-recovery-file'
  const file = parsed.data
  const sealed = Buffer.from(file.sealed, 'base64')
  const key = await keyFrom(passphrase, file.scrypt)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.nonce, 'base64'))
      .setAAD(Buffer.from(recoveryFileBinding(file)))
      .setAuthTag(sealed.subarray(-tagBytes))
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
    return { file, privateKey: plain.toString('base64') }
  } catch {
    return 'wrong-passphrase'
  }
}

function keyFrom(passphrase: string, { salt, N, r, p }: ScryptCost): Promise<Buffer> {
  // Twice what the parameters need; Node's own limit of 32 MiB is below one guess.
  const maxmem = 256 * N * r
  return scryptAsync(normalisePassphrase(passphrase), Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
