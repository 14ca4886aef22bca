import fs from 'node:fs'
import path from 'node:path'

/**
 * What lies in a district's data folder DIR:
 * `district-key.pem` signs verdicts · `district-box-key.json` opens what desks sealed for the district ·
 * `admin-token` opens the status page from elsewhere · `attachments/` scans · `couriers/` what desks bring for others ·
 * `tls/` own certificates, `tls-pins.json` what desks are told of them ·
 * `postgres/` or `postgres-location.json` the database · `postgres-password` · `running.json` while a district runs.
 */
export function openDataFolder(folder: string): string {
  const absolute = path.resolve(folder)
  // 0711: the database's user must be able to walk to its own folder inside, and to nothing else.
  fs.mkdirSync(absolute, { recursive: true, mode: 0o711 })
  return absolute
}

/** Held by the one process that runs this folder's district. */
export interface Running {
  readonly pid: number
  readonly processStart: string
  readonly databaseUrl?: string
  readonly url?: string
  readonly clockOffsetMs: number
}

const runningFile = (folder: string) => path.join(folder, 'running.json')

export function findRunning(folder: string): Running | undefined {
  try {
    const running = JSON.parse(fs.readFileSync(runningFile(folder), 'utf8')) as Running
    return processStart(running.pid) === running.processStart ? running : undefined
  } catch {
    return undefined
  }
}

/** Takes the folder for this process; undefined when another district that lives holds it. */
export function takeFolder(folder: string): ((more: Partial<Running>) => void) | undefined {
  const mine: Running = { pid: process.pid, processStart: processStart(process.pid), clockOffsetMs: 0 }
  if (findRunning(folder)) return undefined
  fs.rmSync(runningFile(folder), { force: true })
  try {
    fs.writeFileSync(runningFile(folder), JSON.stringify(mine), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  }
  return (more) => {
    const partial = `${runningFile(folder)}.new`
    fs.writeFileSync(partial, JSON.stringify({ ...mine, ...more }), { mode: 0o600 })
    fs.renameSync(partial, runningFile(folder))
  }
}

export function leaveFolder(folder: string): void {
  fs.rmSync(runningFile(folder), { force: true })
}

/** A pid alone may belong to another program after a crash; with its start time it cannot. */
function processStart(pid: number): string {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return 'gone'
  }
  if (process.platform !== 'linux') return 'alive'
  try {
    const stat = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return stat[0] === 'Z' ? 'gone' : (stat[19] ?? 'alive')
  } catch {
    return 'gone'
  }
}
