import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { binaryIn } from './binaries.ts'
import { stopLeftover } from './leftover.ts'
import { placeCluster } from './placement.ts'
import { type SystemUser, systemUser } from './system-user.ts'

/**
 * ```
 * DIR ─► place ─► initdb (once) ─► stop what an earlier run left ─► postgres on a free loopback port ─► ready
 * ```
 * 1. The cluster is durable: fsync, full_page_writes and synchronous_commit are on, and said so on the command line.
 * 2. It listens on 127.0.0.1 only, with a random password (scram) that lies with mode 0600 in DIR.
 * 3. Its log never holds values: no statements, no details of failed rows.
 */
export interface Cluster {
  readonly url: string
  readonly remarks: readonly string[]
  /** Settles when the server is gone, asked or not. */
  readonly ended: Promise<void>
  readonly stop: () => Promise<void>
}

const superuser = 'mot_cua'

export async function startCluster(dataFolder: string): Promise<Cluster> {
  const user = systemUser()
  const { native, cluster, remarks } = placeCluster(dataFolder, user)
  const password = readPassword(path.join(dataFolder, 'postgres-password'))
  if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) await initialise(native, cluster, password, user)
  const leftover = await stopLeftover(cluster)
  const { child, url } = await start(native, cluster, password, user)
  // Not after a kill -9, but after any other end of this process.
  process.once('exit', () => child.kill('SIGINT'))
  return {
    url,
    ended: new Promise((resolve) => child.once('exit', () => resolve())),
    remarks: leftover === 'stopped' ? [...remarks, 'stopped the database that an earlier run left'] : remarks,
    stop: () => stop(child, native, cluster),
  }
}

function readPassword(file: string): string {
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  return fs.readFileSync(file, 'utf8').trim()
}

/** The cluster appears under its name only when initdb has finished. */
async function initialise(native: string, cluster: string, password: string, user?: SystemUser): Promise<void> {
  if (fs.existsSync(cluster)) throw new Error(`${cluster} is there but holds no PostgreSQL cluster`)
  const fresh = `${cluster}.new`
  const passwordFile = `${cluster}.initial-password`
  fs.rmSync(fresh, { recursive: true, force: true })
  fs.mkdirSync(fresh, { recursive: true, mode: 0o700 })
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user) for (const owned of [fresh, passwordFile]) fs.chownSync(owned, user.uid, user.gid)
  try {
    await promisify(execFile)(
      binaryIn(native, 'initdb'),
      [
        ...['--pgdata', fresh, '--username', superuser, '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-instructions'],
      ],
      { cwd: fresh, env: environment(), ...user },
    )
  } finally {
    fs.rmSync(passwordFile, { force: true })
  }
  fs.renameSync(fresh, cluster)
}

async function start(
  native: string,
  cluster: string,
  password: string,
  user?: SystemUser,
  tries = 3,
): Promise<{ child: ChildProcess; url: string }> {
  const port = await findFreePort()
  const url = `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`
  const options = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '128MB',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  const settings = Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const child = spawn(binaryIn(native, 'postgres'), ['-D', cluster, ...settings], {
    cwd: cluster,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own process group: Ctrl+C reaches the district, which closes its work first and then stops the database.
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...user,
  })
  try {
    await answers(child, url)
    return { child, url }
  } catch (error) {
    child.kill('SIGQUIT')
    if (tries <= 1) throw error
    return start(native, cluster, password, user, tries - 1)
  }
}

/** Locale and time zone of the caller must not leak into the cluster. */
function environment(): NodeJS.ProcessEnv {
  const { LANG: _lang, LC_ALL: _all, PGDATA: _data, ...rest } = process.env
  return { ...rest, LC_ALL: 'C', TZ: 'UTC' }
}

/** Resolves when a session is accepted; recovery after a crash may take its time. */
async function answers(child: ChildProcess, url: string): Promise<void> {
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000)
  })
  let spawnError: Error | undefined
  child.once('error', (error) => {
    spawnError = error
  })
  for (let waitedMs = 0; waitedMs < 300_000; waitedMs += 40) {
    if (spawnError) throw spawnError
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}: ${lastWords}`)
    if (await accepts(url)) return
    await sleep(40)
  }
  throw new Error('PostgreSQL did not start within 5 minutes')
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '28P01') throw error
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function stop(child: ChildProcess, native: string, cluster: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const force = setTimeout(() => child.kill('SIGQUIT'), 20_000)
  // Windows has no signals that ask; there a kill would leave the cluster to recover.
  if (process.platform === 'win32') execFile(binaryIn(native, 'pg_ctl'), ['stop', '-D', cluster, '-m', 'fast'])
  else child.kill('SIGINT')
  await ended
  clearTimeout(force)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
