import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { copyFormat } from './copy-format.ts'

/**
 * The least a server can do between HTTP and PostgreSQL: `node server.js DATABASE-URL` answers POST with COPY in, one
 * durable transaction, and GET with COPY out; under `/warm` the same with another table. It checks nothing and knows nobody. Prints
 * its address.
 */
interface CopyStreams {
  readonly from: (sql: string) => pg.Submittable & NodeJS.WritableStream
  readonly to: (sql: string) => pg.Submittable & NodeJS.ReadableStream
}

const copy = createRequire(path.resolve('tests', 'bench', 'package.json'))('pg-copy-streams') as CopyStreams
const client = new pg.Client({ connectionString: process.argv[2] })
await client.connect()
for (const table of ['document', 'warm']) {
  await client.query(`create table if not exists ${table} (seq bigserial primary key, text text not null)`)
}

const server = http.createServer((request, response) => {
  answer(request, response).catch((cause: unknown) => response.destroy(cause instanceof Error ? cause : undefined))
})

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const table = request.url === '/warm' ? 'warm' : 'document'
  if (request.method === 'POST') {
    await pipeline(request, client.query(copy.from(`copy ${table} (text) from stdin ${copyFormat}`)))
    response.end()
  } else if (request.method === 'GET') {
    const texts = `select text from ${table} order by seq`
    await pipeline(client.query(copy.to(`copy (${texts}) to stdout ${copyFormat}`)), response)
  } else {
    await client.query(`truncate ${table}`)
    response.end()
  }
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`)
})
