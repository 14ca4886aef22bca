import { createHash } from 'node:crypto'
import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { ensureFolder, findFile } from '../disk/durable-file.ts'
import { type BackupPlace, backupRootName, pieceFile, placeAt, stateFile, stateNumberOf } from './backup-place.ts'
import { decodeState, type ReadState, type StateFile } from './backup-state.ts'

/** The places of desks in what an officer chose: the backup folder, its root inside, or one desk's own place. */
export async function findPlaces(chosen: string): Promise<readonly BackupPlace[]> {
  for (const root of [path.join(chosen, backupRootName), chosen]) {
    const places = (await namesIn(root)).map((name) => placeAt(path.join(root, name)))
    const marked = await Promise.all(places.map(async (place) => ((await findFile(place.marker)) ? [place] : [])))
    if (marked.flat().length > 0) return marked.flat()
  }
  return (await findFile(placeAt(chosen).marker)) ? [placeAt(chosen)] : []
}

/** The states of a place that have all of their pieces, newest first. */
export async function wholeStates(place: BackupPlace): Promise<readonly ReadState[]> {
  const numbers = (await namesIn(place.states)).flatMap((name) => stateNumberOf(name) ?? []).sort((a, b) => b - a)
  const whole: ReadState[] = []
  for (const n of numbers) {
    const bytes = await findFile(stateFile(place, n))
    const read = bytes && decodeState(bytes)
    if (read && (await hasAllPieces(place, read.state.files))) whole.push(read)
  }
  return whole
}

async function hasAllPieces(place: BackupPlace, files: readonly StateFile[]): Promise<boolean> {
  for (const file of files) {
    let bytes = 0
    for (const piece of file.pieces) {
      bytes += await stat(pieceFile(place, piece)).then(
        ({ size }) => size,
        () => Number.NaN,
      )
    }
    if (bytes !== file.bytes) return false
  }
  return true
}

/** Puts the files of a state together in an empty folder; false when a piece is not what its name says. */
export async function extractState(place: BackupPlace, files: readonly StateFile[], to: string): Promise<boolean> {
  for (const file of files) {
    const target = path.join(to, file.path)
    await ensureFolder(path.dirname(target))
    const handle = await open(target, 'wx', 0o600)
    try {
      for (const piece of file.pieces) {
        const bytes = await findFile(pieceFile(place, piece))
        if (!bytes || createHash('sha256').update(bytes).digest('hex') !== piece) return false
        await handle.appendFile(bytes)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  return true
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}
