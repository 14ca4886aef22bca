import { findFile, writeDurably } from '../disk/durable-file.ts'
import { findSealed, seal } from './seal.ts'

/** A small JSON value kept sealed in one file; `place` binds it to what it is. */
export async function writeSealedJson(file: string, key: Uint8Array, place: string, value: unknown): Promise<void> {
  await writeDurably(file, seal(key, place, Buffer.from(JSON.stringify(value))))
}

export type SealedJson = { readonly state: 'absent' | 'damaged' } | { readonly state: 'read'; readonly value: unknown }

export async function readSealedJson(file: string, key: Uint8Array, place: string): Promise<SealedJson> {
  const sealed = await findFile(file)
  if (!sealed) return { state: 'absent' }
  const plain = findSealed(key, place, sealed)
  return plain ? { state: 'read', value: JSON.parse(plain.toString('utf8')) as unknown } : { state: 'damaged' }
}
