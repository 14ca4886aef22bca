import type { FastifyRequest } from 'fastify'
import type { District } from '../district.ts'
import { bodyOf, unpack, unpackUpTo } from './read-body.ts'
import { refuse } from './refusal.ts'

/** A larger body, of some fifty events and more, waits for its turn before it is unpacked. */
const smallBody = 8 * 1024
/** So does a small one that turns out to hold more than this. */
const smallUnpacked = 128 * 1024

/**
 * ```
 * signature ─► large and too many wait: 503 before the body is read
 * body here ─► digest ─► small, unpacked too ───────────────────────────────► work
 *                    └─► large: too many wait by now: 503, else its turn ─► unpack ─► work
 * ```
 * The way of every body that may be heavy work (`../exchange/gate.ts`).
 */
export interface InTurn {
  readonly turnAway: (request: FastifyRequest) => Promise<void>
  /** `work` gets the unpacked body. */
  readonly enter: <T>(request: FastifyRequest, work: (bytes: Buffer) => Promise<T>) => Promise<T>
}

export function inTurn({ taking }: District): InTurn {
  return {
    async turnAway(request) {
      const isLarge = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > smallBody
      if (isLarge && taking.isFull()) refuse('district/overloaded')
    },
    async enter(request, work) {
      const small = bodyOf(request).byteLength > smallBody ? undefined : await unpackUpTo(request, smallUnpacked)
      if (small) return work(small)
      // Bodies take their time on the line: it may have filled up since.
      if (taking.isFull()) refuse('district/overloaded')
      return taking.enter(async () => work(await unpack(request)))
    },
  }
}
