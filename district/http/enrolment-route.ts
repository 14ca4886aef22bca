import type { FastifyInstance } from 'fastify'
import { enrolmentRequestSchema } from '../../shared/wire/enrolment.ts'
import { enrolmentPath } from '../../shared/wire/hint.ts'
import type { District } from '../district.ts'
import { enrol } from '../enrolment/enrol.ts'
import { tryLimit } from '../enrolment/try-limit.ts'
import { parseInput } from './parse-input.ts'
import { readJson } from './read-body.ts'
import { refuse } from './refusal.ts'
import { sendJson } from './send-json.ts'

const maxRequestBytes = 16 * 1024

/** Unsigned by nature: the desk is not known yet. The code is what it proves itself with. */
export function enrolmentRoute(server: FastifyInstance, district: District): void {
  const tries = tryLimit()
  server.post(enrolmentPath, { bodyLimit: maxRequestBytes }, async (request, reply) => {
    if (tries.isExhausted(request.ip, Date.now())) refuse('enrolment/too-many-tries')
    const input = parseInput(enrolmentRequestSchema, await readJson(request))
    const enrolled = await enrol(district, input)
    if (!enrolled.ok) {
      tries.countFailure(request.ip, Date.now())
      refuse(enrolled.error)
    }
    return sendJson(request, reply.code(201), enrolled.value)
  })
}
