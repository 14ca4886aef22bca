import type { FastifyRequest } from 'fastify'
import { invariant } from '../../shared/core/assert.ts'
import type { District } from '../district.ts'
import type { Desk } from '../store/desks.ts'
import { verifyRequest } from './verify-request.ts'

/** The door of every route that belongs to desks: `onRequest` verifies, the handler asks who it was. */
export const signedDesk = {
  verify: (district: District) => async (request: FastifyRequest) => {
    const { desk, nonce } = await verifyRequest(district, request)
    request.desk = desk
    request.nonce = nonce
  },
  of: (request: FastifyRequest): Desk => {
    invariant(request.desk, 'the route does not verify its requests')
    return request.desk
  },
} as const
