import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync } from 'node:zlib'
import type { Desk } from '../../../electron/desk.ts'
import type { DeskIdentity } from '../../../electron/enrolment/desk-identity.ts'
import { createDistrictClient } from '../../../electron/exchange/district-client.ts'
import { readBeside } from '../../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../../shared/wire/beside.ts'
import type { ExchangeRequest } from '../../../shared/wire/exchange.ts'
import { exchangePath } from '../../../shared/wire/hint.ts'
import { protocolFloor } from '../../../shared/wire/protocol.ts'

/** Between a desk and the real district: what the desk says goes on in the words of its own older version, signed with its key. */
export interface OlderDesk {
  /** What the desk calls its district's address. */
  readonly url: string
  /** From now on what it says is let through as it is. */
  readonly update: () => void
  /** The district's answers to the older version. */
  readonly answers: readonly string[]
  readonly close: () => Promise<void>
}

/** The older version names a protocol below the district's floor; all else it says is the same. */
export async function openOlderDesk(identity: DeskIdentity, clock: Desk['clock']): Promise<OlderDesk> {
  const target = new URL(identity.districtUrl)
  const client = createDistrictClient(identity, clock)
  const answers: string[] = []
  let isOld = true

  async function sayAsOlder(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const message: ExchangeRequest = { ...(await readRequest(request)), protocol: protocolFloor - 1 }
    const answered = await client.request({ method: 'POST', path: exchangePath, message, timeoutMs: 10_000 })
    if (answered.ok) answers.push('answered')
    if (answered.ok || answered.error.code !== 'district/refused') return void response.destroy()
    answers.push(answered.error.reason)
    response.writeHead(answered.error.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ code: answered.error.reason }))
  }

  function passOn(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method, headers, url = '/' } = request
    const onward = http.request({ host: target.hostname, port: target.port, method, path: url, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(response)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  }

  const server = http.createServer((request, response) => {
    if (isOld && request.url === exchangePath) sayAsOlder(request, response).catch(() => response.destroy())
    else passOn(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    update: () => {
      isOld = false
    },
    close: () =>
      new Promise((resolve) => {
        client.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(request: http.IncomingMessage): Promise<ExchangeRequest> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const packed = Buffer.concat(parts)
  const bytes = request.headers['content-encoding'] === 'br' ? brotliDecompressSync(packed) : packed
  const isBeside = request.headers['content-type'] === besideMediaType
  return (isBeside ? readBeside(bytes, exchangeLists) : JSON.parse(bytes.toString('utf8'))) as ExchangeRequest
}
