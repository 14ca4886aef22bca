import type { FastifyInstance } from 'fastify'
import { deskIdSchema } from '../../shared/core/schemas.ts'
import { escrowDepositSchema, escrowPath, lentKeyPath } from '../../shared/wire/escrow.ts'
import type { District } from '../district.ts'
import { findLentKey, saveEscrow } from '../store/escrow.ts'
import { findRecoveryKey } from '../store/publications.ts'
import { parseInput } from './parse-input.ts'
import { bodyOf, readJson } from './read-body.ts'
import { refuse } from './refusal.ts'
import { sendJson } from './send-json.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest } from './verify-request.ts'

/** Sealed data keys in, and lent ones out to the desk they were lent to (`shared/wire/escrow.ts`). */
export function escrowRoutes(server: FastifyInstance, district: District): void {
  const onRequest = signedDesk.verify(district)

  server.put(escrowPath, { onRequest }, async (request, reply) => {
    const desk = signedDesk.of(request)
    checkDigest(request, bodyOf(request))
    const deposit = parseInput(escrowDepositSchema, await readJson(request))
    // A copy nobody can open is no copy: only keys this unit really has.
    const store = district.store.ofUnit(desk.unitId)
    if (!(await findRecoveryKey(store, desk.unitId, deposit.keyId))) refuse('request/malformed', 'keyId')
    await saveEscrow(store, desk, deposit, district.clock.now())
    return reply.code(204).send()
  })

  server.get(`${lentKeyPath}:deskId`, { onRequest }, async (request, reply) => {
    checkDigest(request, Buffer.alloc(0))
    const oldDeskId = deskIdSchema.safeParse((request.params as { deskId?: unknown }).deskId)
    if (!oldDeskId.success) refuse('request/malformed', 'deskId')
    const desk = signedDesk.of(request)
    const sealed = await findLentKey(district.store.ofUnit(desk.unitId), desk, oldDeskId.data)
    if (sealed === undefined) refuse('request/not-found')
    return sendJson(request, reply.header('cache-control', 'no-store'), { sealed })
  })
}
