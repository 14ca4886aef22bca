import type { FastifyInstance } from 'fastify'
import { isBoxPublicKey } from '../../shared/node/sealed-box.ts'
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
    // No desk packs it, and a stranger's 16 KB would unpack to megabytes.
    if (request.headers['content-encoding']) refuse('request/malformed', 'content-encoding')
    const input = parseInput(enrolmentRequestSchema, await readJson(request))
    if (!(await isBoxPublicKey(input.boxKey))) refuse('request/malformed', 'boxKey')
    // Counted before the code is looked at: guesses side by side would all be the first.
    tries.countFailure(request.ip, Date.now())
    const enrolled = await enrol(district, input).catch((cause: unknown) => {
      tries.forgive(request.ip)
      throw cause
    })
    if (!enrolled.ok) refuse(enrolled.error)
    tries.forgive(request.ip)
    return sendJson(request, reply.code(201), enrolled.value)
  })
}
