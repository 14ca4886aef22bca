import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { findMediaType, maxAttachmentBytes } from '../../shared/wire/attachment.ts'
import { syncFolder } from '../sync-folder.ts'

/**
 * ```
 * bytes ─► DIR/attachments/.incoming/<random> ─ hash while writing ─ type, size, hash right? ─ fsync
 *                                                      └─► rename to DIR/attachments/<unit>/<ab>/<sha256> ─ fsync folder
 * ```
 * 1. A file under its hash is whole and durable; anything half-written never gets that name.
 * 2. Units share nothing, not even equal bytes: a hash cannot be used to ask what another unit holds.
 */
export interface StoredAttachment {
  readonly bytes: number
  readonly mediaType: string
}

export type AttachmentRefusal = 'attachment/wrong-hash' | 'attachment/wrong-type' | 'request/too-large'

const attachmentsIn = (dataFolder: string) => path.join(dataFolder, 'attachments')

export function attachmentFile(dataFolder: string, unitId: string, sha256: string): string {
  return path.join(attachmentsIn(dataFolder), unitId, sha256.slice(0, 2), sha256)
}

export async function findAttachment(
  dataFolder: string,
  unitId: string,
  sha256: string,
): Promise<StoredAttachment | undefined> {
  const handle = await fs.open(attachmentFile(dataFolder, unitId, sha256)).catch(() => undefined)
  if (!handle) return undefined
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    const { size } = await handle.stat()
    return { bytes: size, mediaType: findMediaType(buffer.subarray(0, bytesRead)) ?? 'application/octet-stream' }
  } finally {
    await handle.close()
  }
}

export function readAttachment(dataFolder: string, unitId: string, sha256: string): ReadStream {
  return createReadStream(attachmentFile(dataFolder, unitId, sha256))
}

export async function writeAttachment(
  dataFolder: string,
  unitId: string,
  sha256: string,
  source: AsyncIterable<Uint8Array>,
): Promise<Result<StoredAttachment, AttachmentRefusal>> {
  const incoming = path.join(attachmentsIn(dataFolder), '.incoming')
  const target = attachmentFile(dataFolder, unitId, sha256)
  await fs.mkdir(incoming, { recursive: true, mode: 0o700 })
  const partial = path.join(incoming, randomUUID())
  try {
    const written = await writeChecked(partial, sha256, source)
    if (!written.ok) return written
    await makeFolders(path.dirname(target), attachmentsIn(dataFolder))
    await fs.rename(partial, target)
    await syncFolder(path.dirname(target))
    return written
  } finally {
    await fs.rm(partial, { force: true })
  }
}

async function writeChecked(
  file: string,
  sha256: string,
  source: AsyncIterable<Uint8Array>,
): Promise<Result<StoredAttachment, AttachmentRefusal>> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let bytes = 0
  const handle = await fs.open(file, 'wx', 0o600)
  try {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > maxAttachmentBytes) return err('request/too-large')
      if (head.length < 8) {
        head = Buffer.concat([head, chunk]).subarray(0, 8)
        if (head.length === 8 && !findMediaType(head)) return err('attachment/wrong-type')
      }
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    const mediaType = findMediaType(head)
    if (!mediaType) return err('attachment/wrong-type')
    if (hash.digest('hex') !== sha256) return err('attachment/wrong-hash')
    await handle.sync()
    return ok({ bytes, mediaType })
  } finally {
    await handle.close()
  }
}

/** Folders this process has synced with all above them. */
const durable = new Set<string>()

/**
 * Makes missing folders and fsyncs the parent of each, so that the whole path survives a power cut; also where another
 * upload, or another process, has made them and may not have come so far.
 */
async function makeFolders(folder: string, root: string): Promise<void> {
  const first = await fs.mkdir(folder, { recursive: true, mode: 0o700 })
  if (!first && durable.has(folder)) return
  for (let step = folder; step.length >= root.length; step = path.dirname(step)) await syncFolder(path.dirname(step))
  durable.add(folder)
}

/** Every scan held, whether or not a row in the database names it. */
export async function* heldAttachments(dataFolder: string): AsyncGenerator<{ unitId: string; sha256: string }> {
  const root = attachmentsIn(dataFolder)
  for (const unitId of await namesIn(root)) {
    if (unitId.startsWith('.')) continue
    for (const start of await namesIn(path.join(root, unitId))) {
      for (const sha256 of await namesIn(path.join(root, unitId, start))) yield { unitId, sha256 }
    }
  }
}

const namesIn = (folder: string) => fs.readdir(folder).catch((): string[] => [])

/** What an earlier run did not finish receiving. */
export async function dropPartialAttachments(dataFolder: string): Promise<void> {
  await fs.rm(path.join(attachmentsIn(dataFolder), '.incoming'), { recursive: true, force: true })
}
