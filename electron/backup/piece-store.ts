import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { hasCode, ownFolder, writeDurably } from '../disk/durable-file.ts'
import { type BackupPlace, pieceBytes, pieceFile } from './backup-place.ts'

/** The pieces in one backup place, and which of them are known to be there. */
export interface PieceStore {
  /** Copies a file as it is now, piece by piece; undefined when it went away meanwhile. */
  readonly copyFile: (file: string) => Promise<{ readonly bytes: number; readonly pieces: string[] } | undefined>
  readonly dropOthers: (kept: ReadonlySet<string>) => Promise<void>
  /** Bytes written since it was opened. */
  readonly written: () => number
}

export async function openPieceStore(place: BackupPlace): Promise<PieceStore> {
  await ownFolder(place.pieces)
  const present = await presentPieces(place)
  let written = 0

  async function keep(bytes: Buffer): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (present.get(sha256) === bytes.byteLength) return sha256
    const file = pieceFile(place, sha256)
    // A stick pulled out while writing may leave a name with fewer bytes behind it.
    const isThere = await stat(file).then(
      ({ size }) => size === bytes.byteLength,
      () => false,
    )
    if (!isThere) {
      await ownFolder(path.dirname(file))
      await writeDurably(file, bytes)
      written += bytes.byteLength
    }
    present.set(sha256, bytes.byteLength)
    return sha256
  }

  return {
    async copyFile(file) {
      const handle = await open(file, 'r').catch((cause: unknown) => {
        if (hasCode(cause, 'ENOENT')) return undefined
        throw cause
      })
      if (!handle) return undefined
      try {
        const pieces: string[] = []
        let bytes = 0
        for (;;) {
          const piece = await readPiece(handle, bytes)
          if (piece.byteLength === 0) return { bytes, pieces }
          pieces.push(await keep(piece))
          bytes += piece.byteLength
        }
      } finally {
        await handle.close()
      }
    },
    async dropOthers(kept) {
      for (const sha256 of present.keys()) {
        if (kept.has(sha256)) continue
        await rm(pieceFile(place, sha256), { force: true })
        present.delete(sha256)
      }
    },
    written: () => written,
  }
}

/** A full piece unless the file ends in it. */
async function readPiece(handle: FileHandle, position: number): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(pieceBytes)
  let read = 0
  while (read < pieceBytes) {
    const { bytesRead } = await handle.read(piece, read, pieceBytes - read, position + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return piece.subarray(0, read)
}

/** Names of another session, of unknown size: `keep` looks at the file before it relies on one. */
async function presentPieces(place: BackupPlace): Promise<Map<string, number | undefined>> {
  const present = new Map<string, number | undefined>()
  for (const folder of await readdir(place.pieces)) {
    for (const name of await readdir(path.join(place.pieces, folder))) {
      if (/^[0-9a-f]{64}$/.test(name)) present.set(name, undefined)
    }
  }
  return present
}
