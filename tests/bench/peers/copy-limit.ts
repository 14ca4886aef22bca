import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import pg from 'pg'
import { root } from '../world/root.ts'

const program = path.join(root, 'out', 'bench', 'copy-server', 'server.js')

/**
 * The limit a district could reach with nothing to check: one request, one COPY. Pushing is durable on the server,
 * as the district is; pulling ends with the body in memory, so the limit is kinder to itself than a desk can be.
 */
export interface CopyLimit {
  readonly round: (texts: readonly string[]) => Promise<{ push: number; pull: number }>
  readonly stop: () => Promise<void>
}

/** In a database of its own on the district's own PostgreSQL. */
export async function startCopyLimit(databaseUrl: string): Promise<CopyLimit> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('create database copy_limit')
  await client.end()
  const own = new URL(databaseUrl)
  own.pathname = '/copy_limit'
  const server = spawn(process.execPath, [program, own.href], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await addressOf(server)
  return {
    async round(texts) {
      const body = Buffer.from(`${texts.join('\n')}\n`)
      await ask(url, 'DELETE')
      const pushStart = performance.now()
      await ask(url, 'POST', body)
      const push = texts.length / ((performance.now() - pushStart) / 1000)
      const pullStart = performance.now()
      const came = await ask(url, 'GET')
      const pull = texts.length / ((performance.now() - pullStart) / 1000)
      if (came.byteLength !== body.byteLength)
        throw new Error(`${came.byteLength} of ${body.byteLength} bytes came back`)
      return { push, pull }
    },
    stop: () => end(server),
  }
}

async function ask(url: string, method: string, body?: Buffer<ArrayBuffer>): Promise<ArrayBuffer> {
  const answer = await fetch(url, { method, ...(body ? { body } : {}) })
  if (!answer.ok) throw new Error(`the copy server answered ${answer.status}`)
  return answer.arrayBuffer()
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
