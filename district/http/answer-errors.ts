import type { Duplex } from 'node:stream'
import type { FastifyError, FastifyInstance } from 'fastify'
import { type RefusalReply, refusalTimeInput } from '../../shared/wire/refusal.ts'
import type { Clock } from '../clock.ts'
import type { District } from '../district.ts'
import { isDiskFull, isWorthLater } from '../worth-later.ts'
import { RequestRefused } from './refusal.ts'

/**
 * Every failure of a request leaves here.
 * 1. A refusal is an answer with its code. 2. What Fastify refuses is a refusal too.
 * 3. A database that is away, or a full disk, is 503; the full disk is logged, for only whoever keeps the server can make room.
 * 4. Anything else is a bug: 500 `internal`, logged by kind and place, never with values.
 */
export function answerErrors(server: FastifyInstance, { clock, key }: Pick<District, 'clock' | 'key'>): void {
  const body = (code: string, detail?: string, nonce?: string): RefusalReply => {
    const time = clock.now()
    const signed = nonce === undefined ? {} : { signature: key.sign(refusalTimeInput(time, nonce)) }
    return { code, ...(detail ? { detail } : {}), time, ...signed }
  }
  server.setNotFoundHandler((request, reply) => {
    request.outcome = 'request/not-found'
    return reply.code(404).send(body('request/not-found'))
  })
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const { code, status, detail, nonce } = classify(error)
    request.outcome = code
    if (status === 500) request.log.error({ failure: describe(error) }, 'internal')
    if (isDiskFull(error)) request.log.error({ failure: describe(error) }, 'disk full')
    if (status === 503) reply.header('retry-after', '5')
    return reply.code(status).send(body(code, detail, nonce))
  })
}

function classify(error: FastifyError): Pick<RequestRefused, 'status'> & {
  readonly code: string
  readonly detail?: string | undefined
  readonly nonce?: string | undefined
} {
  if (error instanceof RequestRefused) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'request/too-large', status: 413 }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return { code: 'request/malformed', status: 400 }
  }
  if (isWorthLater(error)) return { code: 'district/overloaded', status: 503 }
  return { code: 'internal', status: 500 }
}

/** What is no HTTP at all never becomes a request; its sender hears the same kind of answer. */
export function refuseUnreadable(socket: Duplex, clock: Clock): void {
  if (!socket.writable) return
  const body = JSON.stringify({ code: 'request/malformed', detail: 'http', time: clock.now() })
  const head = ['HTTP/1.1 400 Bad Request', 'content-type: application/json', `content-length: ${body.length}`]
  socket.end([...head, 'connection: close', '', body].join('\r\n'))
}

/** Messages of a database may quote values, so only its codes and the places in our code are kept. */
export function describe(error: Error & { code?: string; constraint?: string; table?: string }): object {
  return {
    kind: error.name,
    code: error.code,
    table: error.table,
    constraint: error.constraint,
    ...(error.message.startsWith('invariant:') ? { message: error.message } : {}),
    frames: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8),
  }
}
