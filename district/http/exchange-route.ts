import type { FastifyInstance, FastifyRequest } from 'fastify'
import { plainCheckOf } from '../../shared/core/plainly-fits.ts'
import {
  type ExchangeRequest,
  exchangeRequestSchema,
  onwardHeader,
  onwardText,
  workHeader,
  workText,
} from '../../shared/wire/exchange.ts'
import { exchangePath } from '../../shared/wire/hint.ts'
import type { District } from '../district.ts'
import { answerExchange } from '../exchange/answer-exchange.ts'
import { parseInput } from './parse-input.ts'
import { bodyOf, readMessage } from './read-body.ts'
import { refuse } from './refusal.ts'
import { sendMessage } from './send-json.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest } from './verify-request.ts'

/** A larger body, of some fifty events and more, waits for its turn before it is unpacked. */
const smallBody = 8 * 1024

const isPlainRequest = plainCheckOf(exchangeRequestSchema)

/**
 * ```
 * signature ─► large and too many wait: 503 before the body is read ─► digest ─► (large: its turn) ─► unpack, judge, answer
 * ```
 */
export function exchangeRoute(server: FastifyInstance, district: District): void {
  const turnAway = async (request: FastifyRequest) => {
    const isLarge = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > smallBody
    if (isLarge && district.taking.isFull()) refuse('district/overloaded')
  }
  const onRequest = [signedDesk.verify(district), turnAway]
  server.post(exchangePath, { onRequest }, async (request, reply) => {
    const began = performance.now()
    const desk = signedDesk.of(request)
    const packed = bodyOf(request)
    checkDigest(request, packed)
    const read = async () => {
      const json = await readMessage(request)
      const input = isPlainRequest(json) ? (json as ExchangeRequest) : parseInput(exchangeRequestSchema, json)
      return { input, answer: await answerExchange(district, desk, input) }
    }
    const { input, answer } = await (packed.byteLength > smallBody ? district.taking.enter(read) : read())
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
    // So that a desk does not take the district's work, or its queue, for a slow line.
    reply.header(workHeader, workText(performance.now() - began))
    return sendMessage(request, reply, body, input.quick)
  })
}
