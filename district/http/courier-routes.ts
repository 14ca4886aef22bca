import fs from 'node:fs/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { courierFileIdSchema, courierPath, courierTakeSchema, maxCourierPartBytes } from '../../shared/wire/courier.ts'
import { broughtBy } from '../courier/bringer.ts'
import { addPart, dropIncoming, heldBytes, incomingFile } from '../courier/incoming.ts'
import { takeCourier } from '../courier/take-courier.ts'
import type { District } from '../district.ts'
import { serialByKey } from '../exchange/serial-by-key.ts'
import { bodyTime } from './body-time.ts'
import { parseInput } from './parse-input.ts'
import { bodyOf, readJson } from './read-body.ts'
import { refuse } from './refusal.ts'
import { sendJson } from './send-json.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest } from './verify-request.ts'

/** A desk brings the courier file of another desk of its unit (`shared/wire/courier.ts`). */
export function courierRoutes(server: FastifyInstance, district: District): void {
  const { dataFolder } = district
  const onRequest = signedDesk.verify(district)
  // Two requests of one desk must not write the same file at once.
  const inTurn = serialByKey()

  server.get(`${courierPath}/:fileId`, { onRequest }, async (request, reply) => {
    const carrier = signedDesk.of(request)
    checkDigest(request, Buffer.alloc(0))
    return sendJson(request, reply, { held: await heldBytes(incomingFile(dataFolder, carrier, fileIdIn(request))) })
  })

  server.put(
    `${courierPath}/:fileId/:offset`,
    { onRequest: [onRequest, bodyTime.allowSlow], bodyLimit: maxCourierPartBytes },
    async (request, reply) => {
      const carrier = signedDesk.of(request)
      const part = bodyOf(request)
      checkDigest(request, part)
      const fileId = fileIdIn(request)
      const offset = Number((request.params as { offset?: unknown }).offset)
      if (!Number.isSafeInteger(offset) || offset < 0) refuse('request/malformed', 'offset')
      const held = await inTurn(carrier.deskId, () => addPart(dataFolder, carrier, fileId, offset, part))
      if (held === undefined) refuse('request/too-large')
      return sendJson(request, reply, { held })
    },
  )

  server.post(courierPath, { onRequest }, async (request, reply) => {
    const carrier = signedDesk.of(request)
    checkDigest(request, bodyOf(request))
    const { fileId } = parseInput(courierTakeSchema, await readJson(request))
    const receiptFile = await inTurn(carrier.deskId, async () => {
      const file = incomingFile(dataFolder, carrier, fileId)
      if ((await heldBytes(file)) === 0) refuse('request/not-found')
      const receiptFile = `${file}.receipt`
      const [handle, receipt] = [await fs.open(file, 'r'), await fs.open(receiptFile, 'w', 0o600)]
      try {
        const taken = await takeCourier(district, handle, receipt, broughtBy(carrier))
        if (!taken.ok) {
          await dropIncoming(dataFolder, carrier)
          refuse(taken.error)
        }
        request.counts = { pushed: taken.value.file.events, scans: taken.value.file.scans }
      } finally {
        await Promise.all([handle.close(), receipt.close()])
      }
      return receiptFile
    })
    const receipt = await fs.open(receiptFile, 'r')
    const { size } = await receipt.stat()
    reply.header('content-type', 'application/octet-stream').header('content-length', size)
    // The file stays until the next one: a receipt lost on the way is asked for again.
    return reply.send(receipt.createReadStream())
  })
}

function fileIdIn(request: FastifyRequest): string {
  const parsed = courierFileIdSchema.safeParse((request.params as { fileId?: unknown }).fileId)
  if (!parsed.success) refuse('request/malformed', 'fileId')
  return parsed.data
}
