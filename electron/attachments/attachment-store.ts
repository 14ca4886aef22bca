import { createHash } from 'node:crypto'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { findFile, ownFolder, writeDurably } from '../disk/durable-file.ts'
import { createQueue } from '../disk/queue.ts'
import { findSealed, seal } from '../vault/seal.ts'

/** Scans as sealed files named by the SHA-256 of their plain bytes; kept until their dossier's retention ends. */
export interface AttachmentStore {
  /** Durable when it resolves. Storing the same bytes twice changes nothing. */
  readonly put: (bytes: Uint8Array) => Promise<string>
  readonly has: (sha256: string) => Promise<boolean>
  readonly find: (sha256: string) => Promise<Buffer | 'damaged' | undefined>
}

export async function openAttachmentStore(folder: string, key: Uint8Array): Promise<AttachmentStore> {
  await ownFolder(folder)
  const inTurn = createQueue()
  const fileOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), `${sha256}.sealed`)

  async function find(sha256: string): Promise<Buffer | 'damaged' | undefined> {
    const sealed = await findFile(fileOf(sha256))
    if (!sealed) return undefined
    const plain = findSealed(key, placeOf(sha256), sealed)
    return plain && hashOf(plain) === sha256 ? plain : 'damaged'
  }

  return {
    put: (bytes) =>
      inTurn(async () => {
        const sha256 = hashOf(bytes)
        const known = await find(sha256)
        if (known && known !== 'damaged') return sha256
        await ownFolder(path.dirname(fileOf(sha256)))
        await writeDurably(fileOf(sha256), seal(key, placeOf(sha256), bytes))
        return sha256
      }),
    has: (sha256) =>
      access(fileOf(sha256)).then(
        () => true,
        () => false,
      ),
    find,
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function placeOf(sha256: string): string {
  return `attachments/${sha256}`
}
