import type { FastifyInstance } from 'fastify'
import { hintsPath } from '../../shared/wire/hint.ts'
import type { District } from '../district.ts'
import { readStreamHead } from '../store/events.ts'
import { bodyOf } from './read-body.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest } from './verify-request.ts'

const heartbeatMs = 25_000

/** Server-sent events. A desk has one such line: a new one ends its older one. */
export function hintsRoute(server: FastifyInstance, district: District): void {
  const lines = new Map<string, () => void>()
  server.get(hintsPath, { onRequest: signedDesk.verify(district) }, async (request, reply) => {
    const desk = signedDesk.of(request)
    checkDigest(request, bodyOf(request))
    reply.hijack()
    const { raw } = reply
    // Who hung up while the signature was checked never tells again that it did.
    if (raw.destroyed || raw.socket?.destroyed) return
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    const say = (seq: number) => raw.write(`data: ${JSON.stringify({ seq })}\n\n`)
    lines.get(desk.deskId)?.()
    const stopListening = district.hints.listen(desk.unitId, say)
    const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs)
    const end = () => raw.end()
    const stopEnding = district.hints.onClose(end)
    lines.set(desk.deskId, end)
    raw.once('error', () => raw.destroy())
    raw.once('close', () => {
      clearInterval(heartbeat)
      stopListening()
      stopEnding()
      if (lines.get(desk.deskId) === end) lines.delete(desk.deskId)
    })
    // Asked only now: growth between asking and listening would go unheard.
    await readStreamHead(district.store.ofUnit(desk.unitId), desk.unitId).then(say, end)
  })
}
