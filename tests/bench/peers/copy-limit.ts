import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import pg from 'pg'
import { startClient } from '../clients/client-process.ts'
import type { CopyRounds } from '../clients/copy-client.ts'
import { root } from '../world/root.ts'
import type { ExchangedFiles } from './exchanged-files.ts'

const program = path.join(root, 'out', 'bench', 'copy-server', 'server.js')

/**
 * The limit a district could reach with nothing to check: one request, one COPY. Pushing is durable on the server,
 * as the district is; pulling ends with the body in memory, so the limit is kinder to itself than a desk can be.
 */
export interface CopyLimit {
  readonly round: (files: ExchangedFiles) => Promise<{ push: number; pull: number }>
  readonly stop: () => Promise<void>
}

/** In a database of its own on the district's own PostgreSQL. */
export async function startCopyLimit(databaseUrl: string, rest: () => Promise<void>): Promise<CopyLimit> {
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  await admin.query('create database copy_limit')
  await admin.end()
  const own = new URL(databaseUrl)
  own.pathname = '/copy_limit'
  const server = spawn(process.execPath, [program, own.href], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await addressOf(server)
  const client = startClient<CopyRounds>('copy-client')
  return {
    async round({ warm, measured }) {
      const file = measured.path
      const push = measured.lines / (await client.ask('push', { url, warmFile: warm.path, file }))
      await rest()
      const pull = measured.lines / (await client.ask('pull', { url, file }))
      return { push, pull }
    },
    async stop() {
      await client.stop()
      await end(server)
    },
  }
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    server.once('exit', (code) => reject(new Error(`the copy server ended with code ${code}`)))
  })
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGTERM')
  await ended
}
