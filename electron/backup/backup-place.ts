import path from 'node:path'

/**
 * What lies in a backup folder (second disk, network share, USB stick), everything sealed as on the desk itself:
 * ```
 * <chosen folder>/mot-cua-sao-luu/<desk id>/
 *   place.json                   marks the place: a mount point whose disk is gone is not written into
 *   pieces/ab/<sha-256>          up to 1 MiB of a file of the desk; written once, under the hash of its bytes
 *   scans/ab/<name>              sealed scans, written once, under their own names
 *   states/<n>.json              one state of the desk: which pieces make which file. Written last; the last two are kept
 * ```
 * 1. A piece or scan appears under its name only when whole and on the disk; a state only when all of its pieces are.
 *    So pulling the plug at any moment leaves the former state restorable.
 * 2. Files are copied in this order: drafts, carried files, settings, reference, journal, mirror, scans. A draft that is gone already
 *    has its event in the journal, and a scan is on the disk before the event that names it: a state lacks nothing.
 * 3. A state carries a MAC under a key derived from the data key: states are not mixed, shortened or made up.
 * 4. The data key itself is there only sealed to the unit's recovery key.
 */
export const backupRootName = 'mot-cua-sao-luu'

export const pieceBytes = 1024 * 1024

export interface BackupPlace {
  readonly root: string
  readonly marker: string
  readonly states: string
  readonly pieces: string
  readonly scans: string
}

export function backupPlaceOf(chosen: string, deskId: string): BackupPlace {
  return placeAt(path.join(chosen, backupRootName, deskId))
}

export function placeAt(root: string): BackupPlace {
  return {
    root,
    marker: path.join(root, 'place.json'),
    states: path.join(root, 'states'),
    pieces: path.join(root, 'pieces'),
    scans: path.join(root, 'scans'),
  }
}

export function pieceFile(place: BackupPlace, sha256: string): string {
  return path.join(place.pieces, sha256.slice(0, 2), sha256)
}

export function stateFile(place: BackupPlace, n: number): string {
  return path.join(place.states, `${n}.json`)
}

export function stateNumberOf(name: string): number | undefined {
  const digits = /^(\d{1,12})\.json$/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The desk's folders whose files make a state, in the order they are copied (rule 2). */
export const stateFolders = ['drafts', 'couriers', 'settings', 'reference', 'journal', 'mirror'] as const

/**
 * Half-written, kept aside for whoever looks into a damage, or derived: no part of a state. The journal's snapshot, copied
 * after its segments, could know more of them than was copied; a start without it reads them all.
 */
export function isLeftOut(name: string): boolean {
  return /\.(new|compact|healed|partial|snapshot)$|\.damaged-/.test(name)
}

/** File systems stamp changes in steps of milliseconds: what changed just now may change again under the same stamp. */
const settledAfterMs = 2_000

export function isSettled(mtimeMs: number): boolean {
  return Date.now() - mtimeMs > settledAfterMs
}
