import http from 'node:http'
import type { AddressInfo } from 'node:net'

export const lineFaults = ['none', 'lost-request', 'lost-reply', 'doubled', 'delayed', 'cut', 'reordered'] as const
export type LineFault = (typeof lineFaults)[number]

/** A line between desk and district that misbehaves as told, request by request. */
export interface FaultyLine {
  readonly url: string
  /** Leads the line to another district. */
  readonly leadTo: (districtUrl: string) => void
  /** While down every request is refused at once. */
  readonly setUp: (up: boolean) => void
  readonly counts: ReadonlyMap<LineFault, number>
  readonly close: () => Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

export async function openFaultyLine(districtUrl: string, nextFault: () => LineFault): Promise<FaultyLine> {
  let target = new URL(districtUrl)
  const counts = new Map<LineFault, number>()
  let up = true
  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await readAll(request)
    if (!up) return void response.destroy()
    // Hints are only a comfort; the faults are for what must not get lost.
    if (request.url === '/v1/hints') return passThrough(target, request, response)
    const fault = nextFault()
    counts.set(fault, (counts.get(fault) ?? 0) + 1)
    if (fault === 'lost-request') return void response.destroy()
    if (fault === 'delayed') await wait(20)
    if (fault === 'reordered') await wait(60)
    const reply = await forward(target, request, body)
    if (fault === 'doubled') await forward(target, request, body)
    if (fault === 'lost-reply') return void response.destroy()
    response.writeHead(reply.status, reply.headers)
    if (fault !== 'cut') return void response.end(reply.body)
    response.write(reply.body.subarray(0, Math.floor(reply.body.byteLength / 2)), () => response.destroy())
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => {
      target = new URL(url)
    },
    setUp: (next) => {
      up = next
      if (!up) server.closeAllConnections()
    },
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function forward(target: URL, request: http.IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, headers, url = '/' } = request
    const onward = http.request({ host: target.hostname, port: target.port, method, path: url, headers }, (reply) => {
      readAll(reply).then(
        (bytes) => resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: bytes }),
        reject,
      )
    })
    onward.on('error', reject)
    onward.end(body)
  })
}

/** A stream that lives until one end hangs up. */
function passThrough(target: URL, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, headers, url = '/' } = request
  const onward = http.request({ host: target.hostname, port: target.port, method, path: url, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.on('error', () => response.destroy())
    reply.pipe(response)
  })
  onward.on('error', () => response.destroy())
  response.on('close', () => onward.destroy())
  onward.end()
}

async function readAll(stream: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
