import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { root } from '../world/root.ts'

/** From the bench's own packages, which lie beside it and not beside the bundled program. */
const ownRequire = createRequire(path.join(root, 'tests', 'bench', 'package.json'))
const batches = { batch_size: 1000, batches_limit: 4 }
const startMs = 60_000

interface PouchDatabase {
  bulkDocs(documents: readonly object[]): Promise<readonly { readonly error?: boolean }[]>
  info(): Promise<{ readonly doc_count: number }>
  readonly replicate: Readonly<Record<'to' | 'from', (other: PouchDatabase, options: object) => Promise<unknown>>>
  destroy(): Promise<void>
}

/**
 * PouchDB over LevelDB on the desk's side, pouchdb-server over LevelDB on the other, as their documentation shows them.
 * LevelDB is not told to force anything to the disk there, which is in their favour.
 */
export interface PouchExchange {
  /** Documents per second desk → server, then server → another desk. */
  readonly round: (documents: readonly { readonly id: string }[]) => Promise<{ push: number; pull: number }>
  readonly stop: () => Promise<void>
}

export async function startPouchExchange(folder: string): Promise<PouchExchange> {
  const PouchDB = ownRequire('pouchdb') as new (name: string) => PouchDatabase
  const files = path.join(folder, 'pouch-server')
  fs.mkdirSync(files)
  const port = await freePort()
  const server = startServer(files, port)
  const url = `http://127.0.0.1:${port}`
  await answers(server, url)
  let rounds = 0
  return {
    async round(documents) {
      rounds += 1
      const giver = new PouchDB(path.join(folder, `pouch-giver-${rounds}`))
      const taker = new PouchDB(path.join(folder, `pouch-taker-${rounds}`))
      const remote = new PouchDB(`${url}/round-${rounds}`)
      const written = await giver.bulkDocs(documents.map((document) => ({ ...document, _id: document.id })))
      if (written.some(({ error }) => error)) throw new Error('PouchDB refused a document')
      await remote.info()
      await taker.info()
      const push = documents.length / (await seconds(() => giver.replicate.to(remote, batches)))
      const pull = documents.length / (await seconds(() => taker.replicate.from(remote, batches)))
      const { doc_count: arrived } = await taker.info()
      if (arrived !== documents.length) throw new Error(`${arrived} of ${documents.length} documents arrived`)
      for (const database of [giver, taker, remote]) await database.destroy()
      return { push, pull }
    },
    stop: () => end(server),
  }
}

function startServer(files: string, port: number): ChildProcess {
  const program = path.join(path.dirname(ownRequire.resolve('pouchdb-server/package.json')), 'bin', 'pouchdb-server')
  const args = ['--port', String(port), '--host', '127.0.0.1', '--dir', files, '--no-stdout-logs', '--no-color']
  return spawn(process.execPath, [program, ...args], { cwd: files, stdio: 'ignore' })
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + startMs
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('pouchdb-server did not start')
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGTERM')
  const force = setTimeout(() => server.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(force)
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function freePort(): Promise<number> {
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
