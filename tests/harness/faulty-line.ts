import { X509Certificate } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { KeyAndCertificate } from '../../district/tls/make-certificate.ts'

export const lineFaults = [
  'none',
  'lost-request',
  'lost-reply',
  'doubled',
  'delayed',
  'reordered',
  // The reply ends in its middle.
  'cut',
  // The request ends in its middle.
  'cut-request',
  // The desk has given up and asked again before this request arrives.
  'late',
  // The reply comes in small pieces.
  'drip',
  // One bit of the reply is another.
  'garbled',
  // A page of the network's owner instead of the district ("accept our terms").
  'portal',
  'too-large',
  'unauthorised',
  'broken',
] as const
/** They cost some milliseconds, and nobody has to do anything again because of them. */
export const mildFaults: ReadonlySet<LineFault> = new Set<LineFault>(['none', 'delayed', 'reordered', 'drip'])

/**
 * They last until the desk's own deadline has passed and it hung up, so they are for desks whose deadline is short:
 * `held` keeps the answer, `overdue` the request, which arrives then, `trickle` gives the answer byte by byte.
 */
export const endlessFaults = ['held', 'overdue', 'trickle'] as const

/** `wrong-tls`: the request is lost, and the next socket meets somebody else's key; only on a line that speaks TLS. */
export type LineFault = (typeof lineFaults)[number] | (typeof endlessFaults)[number] | 'wrong-tls'

export interface LineOptions {
  readonly carriesHints?: boolean
  /** The line speaks TLS to the desks, with the district's key or, at times, a foreign one. */
  readonly tls?: { readonly own: KeyAndCertificate; readonly foreign: KeyAndCertificate }
}

/** A line between desk and district that misbehaves as told, request by request. */
export interface FaultyLine {
  readonly url: string
  /** Leads the line to another district. */
  readonly leadTo: (districtUrl: string) => void
  /** While down every request is refused at once. */
  readonly setUp: (up: boolean) => void
  readonly counts: ReadonlyMap<LineFault, number>
  /** Handshakes that were broken off while somebody else's key was shown. */
  readonly refused: () => number
  /** Requests that were told to somebody else's key. */
  readonly betrayed: () => number
  readonly close: () => Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

export async function openFaultyLine(
  districtUrl: string,
  nextFault: () => LineFault,
  { carriesHints = true, tls }: LineOptions = {},
): Promise<FaultyLine> {
  let target = new URL(districtUrl)
  const counts = new Map<LineFault, number>()
  const late: (() => Promise<void>)[] = []
  let up = true
  let betrayed = 0
  let refused = 0
  const listener: http.RequestListener = (request, response) => {
    answer(request, response).catch(() => response.destroy())
  }
  const secure = tls && https.createServer(tls.own, listener)
  const server = secure ?? http.createServer(listener)
  let shown: 'own' | 'foreign' = 'own'
  const showKey = (key: 'own' | 'foreign') => {
    shown = key
    if (tls) secure?.setSecureContext(tls[key])
  }
  const foreign = tls && new X509Certificate(tls.foreign.cert).fingerprint256
  const shownForeign = new WeakSet<Socket>()
  secure?.on('secureConnection', (socket) => {
    if (socket.getX509Certificate()?.fingerprint256 !== foreign) return
    shownForeign.add(socket)
    showKey('own')
  })
  // Who finds another key than he trusts hangs up, before the server holds the handshake for done.
  secure?.on('tlsClientError', () => {
    if (shown === 'foreign') refused += 1
  })

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (shownForeign.has(request.socket)) betrayed += 1
    const body = await readAll(request)
    if (!up) return void response.destroy()
    // Hints are only a comfort; the faults are for what must not get lost.
    if (request.url === '/v1/hints') {
      if (carriesHints) passThrough(target, request, response)
      // Held open in silence, as by a proxy that lets no stream through; hung up, the desk would ask again each time.
      return
    }
    const fault = nextFault()
    counts.set(fault, (counts.get(fault) ?? 0) + 1)
    // Before anything is waited for: the line may be told to be calm meanwhile.
    if (fault === 'wrong-tls') showKey('foreign')
    for (const overdue of late.splice(0)) await overdue()
    if (fault === 'wrong-tls' || fault === 'lost-request') return void response.destroy()
    const made = answersOfTheWay[fault]
    if (made) return void response.writeHead(made.status, { 'content-type': made.type }).end(made.body)
    if (fault === 'cut-request') {
      await forwardHalf(target, request, body)
      return void response.destroy()
    }
    if (fault === 'late') {
      late.push(async () => void (await forward(target, request, body).catch(() => undefined)))
      return void response.destroy()
    }
    const hungUp = new Promise<void>((resolve) => response.once('close', resolve))
    if (fault === 'overdue') await hungUp
    if (fault === 'delayed') await wait(5)
    if (fault === 'reordered') await wait(20)
    const reply = await forward(target, request, body)
    if (fault === 'doubled') await forward(target, request, body)
    if (fault === 'overdue') return
    if (fault === 'held') return hungUp
    if (fault === 'lost-reply') return void response.destroy()
    response.writeHead(reply.status, reply.headers)
    if (fault === 'garbled') return void response.end(garble(reply.body))
    if (fault === 'trickle') return trickle(response, reply.body)
    if (fault === 'drip') return drip(response, reply.body)
    if (fault !== 'cut') return void response.end(reply.body)
    response.write(reply.body.subarray(0, Math.floor(reply.body.byteLength / 2)), () => response.destroy())
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => {
      target = new URL(url)
    },
    setUp: (next) => {
      up = next
      if (up) showKey('own')
      else server.closeAllConnections()
    },
    counts,
    refused: () => refused,
    betrayed: () => betrayed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What something between desk and district answers in the district's place. */
const answersOfTheWay: Partial<Record<LineFault, { status: number; type: string; body: string }>> = {
  portal: { status: 200, type: 'text/html', body: '<!doctype html><title>Đăng nhập Wi-Fi</title>' },
  'too-large': { status: 413, type: 'text/html', body: '<h1>413 Request Entity Too Large</h1>' },
  unauthorised: { status: 401, type: 'text/plain', body: 'proxy authentication' },
  broken: { status: 500, type: 'text/plain', body: 'upstream error' },
}

function garble(body: Buffer): Buffer {
  const garbled = Buffer.from(body)
  const at = Math.floor(garbled.byteLength / 2)
  if (at < garbled.byteLength) garbled.writeUInt8(garbled.readUInt8(at) ^ 1, at)
  return garbled
}

async function drip(response: http.ServerResponse, body: Buffer): Promise<void> {
  const piece = Math.max(1, Math.ceil(body.byteLength / 5))
  for (let at = 0; at < body.byteLength; at += piece) {
    response.write(body.subarray(at, at + piece))
    await wait(1)
  }
  response.end()
}

/** So slowly that the rest never comes. */
async function trickle(response: http.ServerResponse, body: Buffer): Promise<void> {
  for (let at = 0; at < body.byteLength - 1 && !response.destroyed; at += 1) {
    response.write(body.subarray(at, at + 1))
    await wait(20)
  }
}

/** The line breaks while the request is on its way: the district sees its beginning. */
function forwardHalf(target: URL, request: http.IncomingMessage, body: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const { method, headers, url = '/' } = request
    const onward = http.request({ host: target.hostname, port: target.port, method, path: url, headers })
    onward.on('error', () => resolve())
    onward.on('response', (reply) => {
      reply.resume()
      onward.destroy()
      resolve()
    })
    onward.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => {
      onward.destroy()
      resolve()
    })
  })
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
