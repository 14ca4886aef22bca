import type { FastifyRequest } from 'fastify'
import type { District } from '../district.ts'
import { bodyOf, maxEncodedBytes, unpack, unpackUpTo } from './read-body.ts'
import { refuse } from './refusal.ts'

/** A larger body, of some fifty events and more, waits for its turn before it is unpacked. */
const smallBody = 8 * 1024
/** So does a small one that turns out to hold more than this. */
const smallUnpacked = 128 * 1024
/** Of large bodies that are still coming, however slowly: a quarter of a gigabyte of memory. */
const mostArriving = 32 * maxEncodedBytes

/**
 * ```
 * signature ─► large and too many wait, or are coming: 503 before the body is read
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
  let arriving = 0
  return {
    async turnAway({ headers, raw }) {
      const bytes = Math.min(Number(headers['content-length'] ?? Number.POSITIVE_INFINITY), maxEncodedBytes)
      if (bytes <= smallBody) return
      if (taking.isFull() || arriving + bytes > mostArriving) refuse('district/overloaded')
      if (raw.complete || raw.destroyed) return
      arriving += bytes
      // Of a request, that is when its body is here or its line is broken.
      raw.once('close', () => {
        arriving -= bytes
      })
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
