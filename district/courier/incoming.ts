import fs from 'node:fs/promises'
import path from 'node:path'
import { courierHeadBytes, maxCourierBytes } from '../../shared/wire/courier.ts'
import type { Desk } from '../store/desks.ts'
import { syncFolder } from '../sync-folder.ts'

/**
 * Courier files on their way in, part by part: `DIR/couriers/<carrying desk>/<file id>`.
 * 1. A part counts where it joins on; sent twice, or out of turn, it changes nothing and the answer says what is held.
 * 2. One file at a time for each carrying desk: beginning another drops what was left of the one before.
 */
const folderOf = (dataFolder: string, { deskId }: Desk) => path.join(dataFolder, 'couriers', deskId)

export const incomingFile = (dataFolder: string, carrier: Desk, fileId: string) =>
  path.join(folderOf(dataFolder, carrier), fileId)

export async function heldBytes(file: string): Promise<number> {
  return fs.stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

/** Answers how many bytes are held afterwards, on the disk; undefined when the file grows beyond what may be carried. */
export async function addPart(
  dataFolder: string,
  carrier: Desk,
  fileId: string,
  offset: number,
  part: Uint8Array,
): Promise<number | undefined> {
  const file = incomingFile(dataFolder, carrier, fileId)
  const held = await heldBytes(file)
  if (offset !== held || part.byteLength === 0) return held
  if (held + part.byteLength > maxCourierBytes + courierHeadBytes) return undefined
  if (held === 0) await beginFile(dataFolder, carrier)
  const handle = await fs.open(file, 'a', 0o600)
  try {
    await handle.appendFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (held === 0) await syncFolder(path.dirname(file))
  return held + part.byteLength
}

async function beginFile(dataFolder: string, carrier: Desk): Promise<void> {
  const folder = folderOf(dataFolder, carrier)
  await fs.rm(folder, { recursive: true, force: true })
  await fs.mkdir(folder, { recursive: true, mode: 0o700 })
  await syncFolder(path.dirname(folder))
  await syncFolder(dataFolder)
}

export async function dropIncoming(dataFolder: string, carrier: Desk): Promise<void> {
  await fs.rm(folderOf(dataFolder, carrier), { recursive: true, force: true })
}
