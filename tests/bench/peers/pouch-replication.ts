import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { startClient } from '../clients/client-process.ts'
import type { PouchRounds } from '../clients/pouch-client.ts'
import { root } from '../world/root.ts'
import type { ExchangedFiles } from './exchanged-files.ts'

/** From the bench's own packages, which lie beside it and not beside the bundled program. */
const ownRequire = createRequire(path.join(root, 'tests', 'bench', 'package.json'))
const startMs = 60_000

/**
 * PouchDB over LevelDB on the desk's side, pouchdb-server over LevelDB on the other, as their documentation shows them.
 * LevelDB is not told to force anything to the disk there, which is in their favour.
 */
export interface PouchExchange {
  /** Measured documents per second: desk → server, then server → another desk. */
  readonly round: (files: ExchangedFiles) => Promise<{ push: number; pull: number }>
  readonly stop: () => Promise<void>
}

export async function startPouchExchange(folder: string, rest: () => Promise<void>): Promise<PouchExchange> {
  const files = path.join(folder, 'pouch-server')
  fs.mkdirSync(files)
  const port = await freePort()
  const server = startServer(files, port)
  const url = `http://127.0.0.1:${port}`
  await answers(server, url)
  const client = startClient<PouchRounds>('pouch-client')
  let rounds = 0
  return {
    async round({ warm, measured }) {
      rounds += 1
      const own = path.join(folder, `pouch-${rounds}`)
      fs.mkdirSync(own)
      const files = { warmFile: warm.path, file: measured.path }
      const documents = await client.ask('fill', { ...files, folder: own, remote: `${url}/round-${rounds}` })
      await rest()
      const push = documents / (await client.ask('push', {}))
      await rest()
      const pull = documents / (await client.ask('pull', {}))
      const arrived = await client.ask('destroy', {})
      if (arrived !== documents) throw new Error(`${arrived} of ${documents} documents arrived`)
      return { push, pull }
    },
    async stop() {
      await client.stop()
      await end(server)
    },
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
