import type { FastifyInstance } from 'fastify'
import { exchangeRequestSchema } from '../../shared/wire/exchange.ts'
import { exchangePath } from '../../shared/wire/hint.ts'
import type { District } from '../district.ts'
import { answerExchange } from '../exchange/answer-exchange.ts'
import { parseInput } from './parse-input.ts'
import { bodyOf, readJson } from './read-body.ts'
import { refuse } from './refusal.ts'
import { sendJson } from './send-json.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest } from './verify-request.ts'

export function exchangeRoute(server: FastifyInstance, district: District): void {
  server.post(exchangePath, { onRequest: signedDesk.verify(district) }, async (request, reply) => {
    const desk = signedDesk.of(request)
    checkDigest(request, bodyOf(request))
    const input = parseInput(exchangeRequestSchema, await readJson(request))
    const answer = await answerExchange(district, desk, input)
    if (!answer.ok) refuse('request/malformed', answer.error)
    const { reply: body, taken } = answer.value
    request.counts = {
      pushed: input.events.length,
      pulled: body.events.length,
      grown: taken?.grown ?? 0,
      refused: body.verdicts.filter(({ verdict }) => verdict === 'refused').length,
      parked: body.verdicts.filter(({ verdict }) => verdict === 'parked').length,
      incidents: taken?.incidents.length ?? 0,
    }
    return sendJson(request, reply, body)
  })
}
