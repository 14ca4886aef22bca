import Fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import type { RefusalReply } from '../../shared/wire/refusal.ts'
import type { District } from '../district.ts'
import type { KeyAndCertificate } from '../tls/make-certificate.ts'
import { answerErrors, refuseUnreadable } from './answer-errors.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { bodyTime } from './body-time.ts'
import { socketCloser } from './close-sockets.ts'
import { courierRoutes } from './courier-routes.ts'
import { enrolmentRoute } from './enrolment-route.ts'
import { escrowRoutes } from './escrow-routes.ts'
import { exchangeRoute } from './exchange-route.ts'
import { healthRoute } from './health-route.ts'
import { hintsRoute } from './hints-route.ts'
import { inTurn } from './in-turn.ts'
import { type Log, logRequests } from './log-requests.ts'
import { maxEncodedBytes } from './read-body.ts'
import './request-state.ts'
import { returnedRoute } from './returned-route.ts'
import { statusPage } from './status-page.ts'

export async function buildServer(
  district: District,
  log: Log,
  certificate?: KeyAndCertificate,
): Promise<FastifyInstance> {
  const headers = { headersTimeout: 60_000 }
  const server = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: maxEncodedBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // Bodies have their own limits, by route: body-time.ts.
    requestTimeout: 0,
    ...(certificate ? { https: { ...certificate, ...headers } } : { http: headers }),
    keepAliveTimeout: 60_000,
    return503OnClosing: true,
    frameworkErrors: (_error, _request, reply) => {
      const refusal: RefusalReply = { code: 'request/malformed', detail: 'path', time: district.clock.now() }
      void (reply as FastifyReply).code(400).send(refusal)
    },
    clientErrorHandler: (_error, socket) => refuseUnreadable(socket, district.clock),
  })
  server.decorateRequest('desk', undefined)
  server.decorateRequest('nonce', '')
  server.decorateRequest('outcome', undefined)
  server.decorateRequest('counts', undefined)
  // Bodies come as bytes: they are verified before anyone reads them.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  logRequests(server)
  answerErrors(server, district)
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
  })
  server.addHook('onRequest', bodyTime.limit)
  const closeSockets = socketCloser(server.server)
  server.addHook('preClose', async () => {
    district.hints.close()
    closeSockets()
  })
  healthRoute(server, district)
  enrolmentRoute(server, district)
  const turns = inTurn(district)
  exchangeRoute(server, district, turns)
  returnedRoute(server, district, turns)
  escrowRoutes(server, district)
  courierRoutes(server, district)
  hintsRoute(server, district)
  statusPage(server, district)
  await server.register(attachmentRoutes, { district })
  return server
}
