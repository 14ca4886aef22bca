import type { FastifyInstance } from 'fastify'
import { plainCheckOf } from '../../shared/core/plainly-fits.ts'
import { type ExchangeRequest, exchangeRequestSchema, onwardHeader, onwardText } from '../../shared/wire/exchange.ts'
import { exchangePath } from '../../shared/wire/hint.ts'
import type { District } from '../district.ts'
import { answerExchange } from '../exchange/answer-exchange.ts'
import type { InTurn } from './in-turn.ts'
import { parseInput } from './parse-input.ts'
import { bodyOf, parseMessage } from './read-body.ts'
import { refuse } from './refusal.ts'
import { sendMessage } from './send-json.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest } from './verify-request.ts'

const isPlainRequest = plainCheckOf(exchangeRequestSchema)

export function exchangeRoute(server: FastifyInstance, district: District, turns: InTurn): void {
  const onRequest = [signedDesk.verify(district), turns.turnAway]
  server.post(exchangePath, { onRequest }, async (request, reply) => {
    const began = performance.now()
    const desk = signedDesk.of(request)
    checkDigest(request, bodyOf(request))
    const { input, answer } = await turns.enter(request, async (bytes) => {
      const json = parseMessage(request, bytes)
      const input = isPlainRequest(json) ? (json as ExchangeRequest) : parseInput(exchangeRequestSchema, json)
      return { input, answer: await answerExchange(district, desk, input, request.nonce) }
    })
    if (!answer.ok) refuse(answer.error.code, answer.error.detail)
    const { reply: body, taken } = answer.value
    request.counts = {
      pushed: input.events.length,
      pulled: body.events.length,
      grown: taken?.grown ?? 0,
      refused: body.verdicts.filter(({ verdict }) => verdict === 'refused').length,
      parked: body.verdicts.filter(({ verdict }) => verdict === 'parked').length,
      incidents: taken?.incidents.length ?? 0,
    }
    if (body.more) reply.header(onwardHeader, onwardText(body.cursor))
    return sendMessage(request, reply, body, { quick: input.quick, began, asked: input.events.length })
  })
}
