import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { District } from '../district.ts'
import { readOverview } from '../store/overview.ts'
import { refuse } from './refusal.ts'
import { renderStatus, statusStyle } from './render-status.ts'

/** For whoever keeps the server: on this machine, or with the token that lies in its data folder. */
export function statusPage(server: FastifyInstance, district: District): void {
  server.get('/', async (request, reply) => {
    if (!isLocal(request) && !hasToken(request, district.adminToken)) refuse('request/not-found')
    const overview = await readOverview(district.store.allUnits)
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      .header('cache-control', 'no-store')
      .send(renderStatus(overview, { name: district.name, epoch: district.epoch, now: district.clock.now() }))
  })
  server.get('/status.css', async (_request, reply) => reply.header('content-type', 'text/css').send(statusStyle))
}

/** A proxy on this machine also comes from loopback, and a page elsewhere can point its own name at it. */
function isLocal(request: FastifyRequest): boolean {
  const { headers } = request
  const proxied = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'] ?? headers.via
  return (
    !proxied &&
    /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/.test(request.ip) &&
    /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
  )
}

function hasToken(request: FastifyRequest, token: string): boolean {
  const given = Buffer.from(String(request.headers.authorization ?? ''))
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
