import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { VaultMode } from '../../shared/ipc/view.ts'
import { findFile, ownFolder, writeDurably } from '../disk/durable-file.ts'

/** What the operating system offers to wrap a key with; `electron.safeStorage` in the app. */
export interface KeyWrapping {
  readonly available: boolean
  readonly wrap: (text: string) => Buffer
  readonly unwrap: (wrapped: Buffer) => string
}

const keyFileSchema = z.object({
  version: z.literal(1),
  mode: z.enum(['os-keyring', 'trial']),
  key: z.string(),
})

export interface DataKey {
  readonly key: Buffer
  readonly mode: VaultMode
}

export class KeyUnavailable extends Error {}

/**
 * Opens or makes the desk's data key. Without an OS keyring the key lies readable beside the data ("chế độ thử"),
 * which the status bar shows for as long as it lasts. None is made where something was sealed already: a new one would
 * make damage of all of it.
 */
export async function openDataKey(folder: string, wrapping: KeyWrapping, sealedFolder: string): Promise<DataKey> {
  await ownFolder(folder)
  const file = path.join(folder, 'data-key.json')
  const stored = await findFile(file)
  if (stored) return unwrap(keyFileSchema.parse(JSON.parse(stored.toString('utf8'))), wrapping)
  if (existsSync(sealedFolder)) throw new KeyUnavailable('the data key is gone and what it sealed is not')
  const key = randomBytes(32)
  const text = key.toString('base64')
  const mode: VaultMode = wrapping.available ? 'os-keyring' : 'trial'
  const wrapped = wrapping.available ? wrapping.wrap(text).toString('base64') : text
  await writeDurably(file, Buffer.from(JSON.stringify({ version: 1, mode, key: wrapped })))
  return { key, mode }
}

function unwrap(stored: z.infer<typeof keyFileSchema>, wrapping: KeyWrapping): DataKey {
  if (stored.mode === 'trial') return { key: Buffer.from(stored.key, 'base64'), mode: 'trial' }
  if (!wrapping.available) throw new KeyUnavailable('the keyring that wrapped the data key is not available')
  return { key: Buffer.from(wrapping.unwrap(Buffer.from(stored.key, 'base64')), 'base64'), mode: 'os-keyring' }
}
