import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What no kill has interrupted, because it goes on. */
const beingWritten = new Set<string>()

/** Writes a whole file so that after a power cut either the old or the new content stands, never a mixture. */
export async function writeDurably(file: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  // Two writers of one file must not share the unfinished one.
  const temporary = path.resolve(`${file}.${randomUUID().slice(0, 8)}.new`)
  beingWritten.add(temporary)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await writeFile(handle, bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw cause
  } finally {
    beingWritten.delete(temporary)
  }
  await syncFolder(path.dirname(file))
}

/** Makes a new or renamed name survive a power cut; Windows keeps names with the file and refuses to open folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Each new folder's name is made durable in the one above it. */
export async function ensureFolder(folder: string): Promise<void> {
  const created = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) =>
    hasCode(cause, 'ENOENT') ? makeFirstMissing(folder) : Promise.reject(cause),
  )
  if (created === undefined) return
  for (let made = path.resolve(folder); made.length >= path.resolve(created).length; made = path.dirname(made)) {
    await syncFolder(path.dirname(made))
  }
}

/** Node's recursive `mkdir` answers ENOENT on a read-only disk; asked for one folder alone, the system says what is so. */
async function makeFirstMissing(folder: string): Promise<string> {
  let missing = path.resolve(folder)
  while (!existsSync(path.dirname(missing))) missing = path.dirname(missing)
  await mkdir(missing, { mode: 0o700 })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return missing
}

/** A folder nobody else writes into: it is there, and what a kill left half-written in it goes. */
export async function ownFolder(folder: string): Promise<void> {
  await ensureFolder(folder)
  for (const name of await readdir(folder)) {
    const file = path.resolve(folder, name)
    // What does not go now goes another time.
    if (/\.[0-9a-f]{8}\.new$/.test(name) && !beingWritten.has(file))
      await rm(file, { force: true }).catch(() => undefined)
  }
}

/** The bytes of a file, or undefined when there is none. Any other trouble throws. */
export async function findFile(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw cause
  }
}

export async function removeDurably(file: string): Promise<void> {
  await rm(file, { force: true })
  await syncFolder(path.dirname(file))
}

/** Writes all bytes at a place, however many calls that takes. */
export async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.byteLength) {
    const step = await handle.write(bytes, written, bytes.byteLength - written, position + written)
    written += step.bytesWritten
  }
}

export function hasCode(cause: unknown, ...codes: readonly string[]): boolean {
  return cause instanceof Error && codes.includes(String((cause as NodeJS.ErrnoException).code))
}
