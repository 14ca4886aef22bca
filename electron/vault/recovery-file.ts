import { createDecipheriv, scrypt } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { err, ok, type Result } from '../../shared/core/result.ts'
import {
  maxRecoveryFileBytes,
  normalisePassphrase,
  type RecoveryFile,
  recoveryFileBinding,
  recoveryFileSchema,
} from '../../shared/wire/recovery-file.ts'
import { findFile } from '../disk/durable-file.ts'

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)
const tagBytes = 16

export interface OpenedRecoveryKey {
  readonly unitId: string
  readonly keyId: string
  /** Private half of the box key, base64; held in memory for one recovery only. */
  readonly privateKey: string
}

export type RecoveryFileFailure = { readonly code: 'restore/not-a-recovery-file' | 'restore/wrong-passphrase' }

/** Which recovery key a file holds; undefined when it is no such file. */
export async function recoveryKeyIdOf(path: string): Promise<string | undefined> {
  return (await readRecoveryFile(path))?.keyId
}

/** Opens the unit's recovery file with its passphrase; every try costs about half a second by design. */
export async function openRecoveryFile(
  path: string,
  passphrase: string,
): Promise<Result<OpenedRecoveryKey, RecoveryFileFailure>> {
  const file = await readRecoveryFile(path)
  if (!file) return err({ code: 'restore/not-a-recovery-file' })
  const { salt, N, r, p } = file.scrypt
  // Twice what the parameters need; Node's own limit of 32 MiB is below one guess.
  const cost = { N, r, p, maxmem: 256 * N * r }
  const key = await scryptAsync(normalisePassphrase(passphrase), Buffer.from(salt, 'base64'), 32, cost)
  const sealed = Buffer.from(file.sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.nonce, 'base64'))
      .setAAD(Buffer.from(recoveryFileBinding(file)))
      .setAuthTag(sealed.subarray(-tagBytes))
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
    return ok({ unitId: file.unitId, keyId: file.keyId, privateKey: plain.toString('base64') })
  } catch {
    return err({ code: 'restore/wrong-passphrase' })
  }
}

async function readRecoveryFile(path: string): Promise<RecoveryFile | undefined> {
  try {
    if ((await stat(path)).size > maxRecoveryFileBytes) return undefined
    const bytes = await findFile(path)
    return bytes && recoveryFileSchema.safeParse(JSON.parse(bytes.toString('utf8'))).data
  } catch {
    return undefined
  }
}
