import type { FastifyBaseLogger, FastifyInstance } from 'fastify'

export type Log = FastifyBaseLogger

/** One line a request: who, which route, what came of it, how long. No bodies, no names, no addresses of people. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', async (request, reply) => {
    const line = {
      deskId: request.desk?.deskId,
      method: request.method,
      // The pattern, not the path: a path may hold what a stranger typed.
      route: request.routeOptions.url,
      status: reply.statusCode,
      code: request.outcome,
      ...request.counts,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    }
    request.log.info(line, 'request')
  })
}
