import type { Desk } from '../store/desks.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The desk that signed the request, once verified. */
    desk: Desk | undefined
    /** The nonce it was signed with. */
    nonce: string
    /** The refusal code, for the log. */
    outcome: string | undefined
    /** Counts for the log: events, verdicts. */
    counts: Readonly<Record<string, number>> | undefined
  }
}
