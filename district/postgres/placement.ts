import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { completeLibraryLinks, copyBinaries, findInstalledBinaries } from './binaries.ts'
import { canReach, type SystemUser } from './system-user.ts'

/** Where root keeps what the user `postgres` must reach when the project or its data lie in a private folder. */
const sharedFolder = '/var/lib/mot-cua'

export interface Placement {
  readonly native: string
  readonly cluster: string
  /** What was decided and why, for the log. */
  readonly remarks: readonly string[]
}

/**
 * ```
 * DIR reachable for the user:  DIR/postgres                      otherwise:  DIR/postgres-location.json
 *                                                                              └─► /var/lib/mot-cua/clusters/<random>
 * ```
 * 1. A place once chosen stays: the pointer file decides, even if DIR becomes reachable later.
 * 2. The name of a place is random, so that a new DIR under an old path never finds the old data.
 */
export function placeCluster(dataFolder: string, user: SystemUser | undefined): Placement {
  const remarks: string[] = []
  let native = findInstalledBinaries()
  completeLibraryLinks(native)
  if (user && !canReach(path.join(native, 'bin'), user)) {
    makeShared(sharedFolder)
    native = copyBinaries(native, sharedFolder)
    remarks.push(`PostgreSQL binaries used from ${native}: its user cannot reach the installed ones`)
  }
  const pointer = path.join(dataFolder, 'postgres-location.json')
  if (fs.existsSync(pointer)) {
    const { cluster } = JSON.parse(fs.readFileSync(pointer, 'utf8')) as { cluster: string }
    remarks.push(`database in ${cluster}`)
    return { native, cluster, remarks }
  }
  const inside = path.join(dataFolder, 'postgres')
  if (fs.existsSync(inside) || canReach(dataFolder, user)) return { native, cluster: inside, remarks }
  makeShared(sharedFolder)
  makeShared(path.join(sharedFolder, 'clusters'))
  const cluster = path.join(sharedFolder, 'clusters', randomBytes(8).toString('hex'))
  fs.writeFileSync(pointer, `${JSON.stringify({ cluster })}\n`, { mode: 0o600 })
  remarks.push(`database in ${cluster}: its user cannot reach ${dataFolder}`)
  return { native, cluster, remarks }
}

function makeShared(folder: string): void {
  fs.mkdirSync(folder, { recursive: true })
  fs.chmodSync(folder, 0o755)
}
