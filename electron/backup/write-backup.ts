import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Instant } from '../../shared/core/time.ts'
import type { EscrowCopy } from '../../shared/wire/escrow.ts'
import { ensureFolder, findFile, hasCode, ownFolder, writeDurably } from '../disk/durable-file.ts'
import type { DeskIdentity } from '../enrolment/desk-identity.ts'
import { type BackupPlace, isLeftOut, isSettled, stateFile, stateFolders, stateNumberOf } from './backup-place.ts'
import { decodeState, encodeState, type StateFile } from './backup-state.ts'
import { openPieceStore } from './piece-store.ts'
import { createScanCopies } from './scan-copies.ts'

export interface BackupSource {
  /** The desk's folder. */
  readonly folder: string
  readonly dataKey: Uint8Array
  readonly identity: DeskIdentity
  readonly escrow: () => EscrowCopy | undefined
  readonly now: () => Instant
}

/** Copies the desk into one place, again and again; each copy costs about what changed. */
export interface BackupWriter {
  /** Resolves when a whole state as of now, or later, is in the place. */
  readonly copy: () => Promise<{ readonly n: number; readonly isNew: boolean }>
}

/** States kept: should the newest turn out unreadable, the one before it is whole too. */
const keptStates = 2

/** A file that looks the same since it was copied is not read again. */
interface Remembered {
  readonly ino: number
  readonly size: number
  readonly mtimeMs: number
  readonly file: StateFile
}

export async function openBackupWriter(place: BackupPlace, source: BackupSource): Promise<BackupWriter> {
  await Promise.all([ownFolder(place.states), ensureFolder(place.scans)])
  const pieces = await openPieceStore(place)
  const scans = createScanCopies(path.join(source.folder, 'scans'), place)
  const remembered = new Map<string, Remembered>()
  let numbers = await stateNumbers(place)
  let written: string | undefined

  async function copyFolder(folder: string): Promise<readonly StateFile[]> {
    const files: StateFile[] = []
    for (const name of await namesIn(path.join(source.folder, folder))) {
      const file = isLeftOut(name) ? undefined : await copyFile(`${folder}/${name}`)
      if (file) files.push(file)
    }
    return files
  }

  async function copyFile(relative: string): Promise<StateFile | undefined> {
    const from = path.join(source.folder, relative)
    const seen = await stat(from).catch(() => undefined)
    if (!seen?.isFile()) return undefined
    const known = remembered.get(relative)
    if (known && known.ino === seen.ino && known.size === seen.size && known.mtimeMs === seen.mtimeMs) return known.file
    const copied = await pieces.copyFile(from)
    if (!copied) return undefined
    const file: StateFile = { path: relative, ...copied }
    // Looked at before it was read: what was written meanwhile makes it look changed the next time.
    if (isSettled(seen.mtimeMs))
      remembered.set(relative, { ino: seen.ino, size: seen.size, mtimeMs: seen.mtimeMs, file })
    return file
  }

  async function keepNewest(): Promise<void> {
    for (const old of numbers.slice(0, -keptStates)) await rm(stateFile(place, old), { force: true })
    numbers = numbers.slice(-keptStates)
    const kept = new Set<string>()
    for (const n of numbers) {
      const bytes = await findFile(stateFile(place, n))
      const read = bytes && decodeState(bytes)
      for (const file of read?.state.files ?? []) for (const piece of file.pieces) kept.add(piece)
    }
    await pieces.dropOthers(kept)
  }

  return {
    async copy() {
      const takenAt = source.now()
      const files: StateFile[] = []
      for (const folder of stateFolders) files.push(...(await copyFolder(folder)))
      await scans.copyNew()
      const escrow = source.escrow()
      const content = JSON.stringify([files, escrow])
      const last = numbers.at(-1) ?? 0
      if (content === written) return { n: last, isNew: false }
      const n = last + 1
      const { unit, deskId, deskName } = source.identity
      const state = { format: 'mot-cua-desk-backup', version: 1, n, takenAt } as const
      const whole = { ...state, unitId: unit.id, deskId, deskName, ...(escrow ? { escrow } : {}), files }
      await writeDurably(stateFile(place, n), encodeState(whole, source.dataKey))
      written = content
      numbers = [...numbers, n]
      await keepNewest()
      return { n, isNew: true }
    },
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return []
    throw cause
  }
}

async function stateNumbers(place: BackupPlace): Promise<number[]> {
  const names = await readdir(place.states)
  return names.flatMap((name) => stateNumberOf(name) ?? []).sort((a, b) => a - b)
}
