import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import tls from 'node:tls'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { CertificateFault } from '../../shared/ipc/view.ts'
import { pieceBytesFor } from '../../shared/wire/packing.ts'
import { type Answer, answerOf } from './answer.ts'
import { deadlineIn } from './deadline.ts'
import { type Connect, createSocketsAhead, type SocketDone, type SocketPlace } from './sockets-ahead.ts'

const handshakeMs = 20_000

/** What a desk asks of the certificate it meets. */
export interface TlsTrust {
  /** Hashes of the keys it may have (`shared/wire/enrolment.ts`); none where a public authority decides alone. */
  readonly pins: readonly string[]
  /** A public authority must vouch for it, too. */
  readonly authority: boolean
}

export class WrongCertificate extends Error {
  readonly fault: CertificateFault

  constructor(fault: CertificateFault) {
    super(fault)
    this.fault = fault
  }
}

export interface TransportRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** The last byte of the answer included. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

export interface Transport {
  /** A request comes soon: where none of its sockets is at hand, one is opened, and a second one where none is open at all. */
  readonly prepare: (url: string) => void
  /** Like `fetch` without redirects. Throws `WrongCertificate` before a byte of the request has left. */
  readonly send: (url: string, request: TransportRequest) => Promise<Answer>
  readonly close: () => void
}

/**
 * The one place through which a desk speaks to the outside.
 * ```
 * connect ─► TLS handshake (proves the key) ─► our key? vouched for, where asked? ─► request ─► … same socket again
 *                                             └─ no ─► hang up: nothing was sent
 * ```
 * 1. Node's own verdict on the certificate is taken down, not acted on: with a pinned key neither names nor dates
 *    matter, so a PC whose clock is ten years off still sends.
 * 2. No session is resumed, so every socket shows its certificate.
 * 3. `trust` is asked for each new socket: what a desk learned counts from the next one.
 * 4. Sockets opened ahead (`sockets-ahead.ts`) have passed the same questions.
 */
export function openTransport(trust: () => TlsTrust): Transport {
  const connectPinned: Connect = (place, done) => {
    return connect(place, (error, socket) => {
      if (error) return done(error)
      const fault = faultOf(socket, trust())
      if (!fault) return done(null, socket)
      socket.destroy()
      done(new WrongCertificate(fault))
    })
  }
  const plain = roadOf(new http.Agent({ keepAlive: true }), connectPlain)
  const pinned = roadOf(new https.Agent({ keepAlive: true }), connectPinned)
  const roadTo = (url: string) => (url.startsWith('https:') ? pinned : plain)
  return {
    prepare: (url) => roadTo(url).prepare(placeOf(url)),
    send: (url, request) => send(url, request, roadTo(url).agent),
    close: () => {
      plain.close()
      pinned.close()
    },
  }
}

interface Road {
  readonly agent: http.Agent
  readonly prepare: (place: SocketPlace) => void
  readonly close: () => void
}

/** An agent whose new sockets are those opened ahead, where there are some; all lead to one district. */
function roadOf(agent: http.Agent, connectNow: Connect): Road {
  const ahead = createSocketsAhead(connectNow, (error) => error instanceof WrongCertificate)
  const createConnection = (place: SocketPlace, done: SocketDone) => {
    if (!ahead.take(done)) connectNow(place, done)
  }
  // After a connection that failed the agent keeps an empty list.
  const areThere = (sockets: NodeJS.ReadOnlyDict<readonly unknown[]>) => {
    return Object.values(sockets).some((list) => list !== undefined && list.length > 0)
  }
  return {
    agent: Object.assign(agent, { createConnection }),
    prepare(place) {
      if (areThere(agent.freeSockets) || ahead.hasSome()) return
      ahead.open(place, areThere(agent.sockets) ? 1 : 2)
    },
    close() {
      ahead.close()
      agent.destroy()
    },
  }
}

function placeOf(url: string): SocketPlace {
  const { hostname, port, protocol } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) }
}

function connectPlain({ host, port }: SocketPlace, done: SocketDone): net.Socket {
  const socket = heard(net.connect({ host, port }))
  whenReady(socket, 'connect', (error) => (error ? done(error) : done(null, socket)))
  return socket
}

/** A request that is given up leaves its half-made socket behind: it ends by itself. */
function whenReady(socket: net.Socket, event: 'connect' | 'secureConnect', done: (error?: Error) => void): void {
  socket.once('error', done)
  socket.setTimeout(handshakeMs, () => socket.destroy(new Error('no handshake in time')))
  socket.once(event, () => {
    socket.off('error', done)
    socket.setTimeout(0).setNoDelay(true).removeAllListeners('timeout')
    done()
  })
}

export interface MetServer {
  readonly pin: string
  readonly vouched: boolean
}

/** The certificate a server shows, before anything is said to it. */
export function meetServer(url: string): Promise<MetServer> {
  return new Promise((resolve, reject) => {
    connect(placeOf(url), (error, socket) => {
      if (error) return reject(error)
      resolve({ pin: pinOf(socket), vouched: socket.authorized })
      socket.destroy()
    })
  })
}

function connect(
  { host, port }: SocketPlace,
  done: (error: Error | undefined, socket: tls.TLSSocket) => void,
): tls.TLSSocket {
  const socket = heard(
    tls.connect({
      host,
      port,
      servername: net.isIP(host) ? '' : host,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
    }),
  )
  whenReady(socket, 'secureConnect', (error) => done(error, socket))
  return socket
}

function faultOf(socket: tls.TLSSocket, { pins, authority }: TlsTrust): CertificateFault | undefined {
  if (pins.length > 0 && !pins.includes(pinOf(socket))) return 'tls/wrong-key'
  if (socket.authorized || (pins.length > 0 && !authority)) return undefined
  const dates = /EXPIRED|NOT_YET_VALID/.test(String(socket.authorizationError))
  return dates ? 'tls/dates' : 'tls/not-vouched'
}

function pinOf(socket: tls.TLSSocket): string {
  const spki = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256')
    .update(spki ?? '')
    .digest('hex')
}

/**
 * A request tells of its socket's failure. But one that is given up while its whole answer waits to be read is done with the
 * socket before that fails, and Node ends the process over an error that nobody hears.
 */
function heard<S extends net.Socket>(socket: S): S {
  return socket.on('error', () => undefined)
}

function send(url: string, asked: TransportRequest, agent: http.Agent): Promise<Answer> {
  const { method, headers, body, timeoutMs, signal } = asked
  const deadline = deadlineIn(timeoutMs, signal)
  const { request } = url.startsWith('https:') ? https : http
  const length = body ? { 'content-length': String(body.byteLength) } : {}
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, agent, signal: deadline.signal, headers: { 'accept-encoding': 'br, gzip', ...headers, ...length } },
      (answer) => {
        try {
          resolve(read(answer, method))
        } catch (cause) {
          // Something that is no server of ours may answer with what no answer can hold, such as status 999.
          answer.destroy()
          reject(cause)
        }
      },
    )
    sent.on('error', reject)
    // Node tells a request that is given up while it waits for its socket only when there is one.
    deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason), { once: true })
    if (deadline.signal.aborted) reject(deadline.signal.reason)
    sent.once('close', deadline.clear)
    sent.end(body)
  })
}

/** Nothing to read; unread, an answer would keep its socket from the next request. */
function isEmpty({ statusCode, headers }: http.IncomingMessage, method: string): boolean {
  return method === 'HEAD' || statusCode === 204 || statusCode === 304 || headers['content-length'] === '0'
}

function read(answer: http.IncomingMessage, method: string): Answer {
  if (!isEmpty(answer, method)) return answerOf(answer, unpacked(answer))
  answer.resume()
  return answerOf(answer, null)
}

function unpacked(answer: http.IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding']
  // Where the length is not told, it may be a page.
  const pieces = { chunkSize: pieceBytesFor(4 * Number(answer.headers['content-length'] ?? Number.POSITIVE_INFINITY)) }
  const unpack =
    encoding === 'br' ? createBrotliDecompress(pieces) : encoding === 'gzip' ? createGunzip(pieces) : undefined
  // An answer that breaks off breaks what is read of it; the reader hears of it there.
  return unpack ? pipeline(answer, unpack, () => {}) : answer
}
