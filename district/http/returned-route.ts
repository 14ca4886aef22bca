import type { FastifyInstance } from 'fastify'
import { type ReturnedReply, returnedPath, returnedRequestSchema } from '../../shared/wire/returned.ts'
import type { District } from '../district.ts'
import { takeReturned } from '../exchange/take-returned.ts'
import type { InTurn } from './in-turn.ts'
import { parseInput } from './parse-input.ts'
import { bodyOf, parseJson } from './read-body.ts'
import { refuse } from './refusal.ts'
import { sendJson } from './send-json.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest } from './verify-request.ts'

export function returnedRoute(server: FastifyInstance, district: District, turns: InTurn): void {
  const onRequest = [signedDesk.verify(district), turns.turnAway]
  server.post(returnedPath, { onRequest }, async (request, reply) => {
    const desk = signedDesk.of(request)
    checkDigest(request, bodyOf(request))
    const { input, answer } = await turns.enter(request, async (bytes) => {
      const input = parseInput(returnedRequestSchema, parseJson(bytes))
      return { input, answer: await takeReturned(district, desk, input) }
    })
    if (!answer.ok) refuse(answer.error)
    const { taken, streamHead } = answer.value
    if (taken > 0) district.hints.tell(desk.unitId, streamHead)
    request.counts = { returned: input.brought.length, grown: taken }
    const body: ReturnedReply = { taken }
    return sendJson(request, reply, body)
  })
}
