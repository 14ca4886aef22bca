import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sha256Schema } from '../../shared/core/schemas.ts'
import { attachmentPath, maxAttachmentBytes, uploadPath } from '../../shared/wire/attachment.ts'
import { findAttachment, readAttachment, writeAttachment } from '../attachments/attachment-store.ts'
import { openUploads } from '../attachments/resumable-uploads.ts'
import type { District } from '../district.ts'
import { noteAttachment } from '../store/attachment-rows.ts'
import { bodyTime } from './body-time.ts'
import { refuse } from './refusal.ts'
import { signedDesk } from './signed-desk.ts'
import { checkDigest, signedDigest } from './verify-request.ts'

/** In its own Fastify scope: here bodies stay streams. */
export async function attachmentRoutes(server: FastifyInstance, { district }: { district: District }): Promise<void> {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  const onRequest = signedDesk.verify(district)
  const url = `${attachmentPath}:sha256`
  const uploads = openUploads(district.dataFolder, (desk, sha256, stored) =>
    noteAttachment(district.store.ofUnit(desk.unitId), desk, sha256, stored, district.clock.now()),
  )

  server.head(url, { onRequest }, async (request, reply) => {
    const desk = signedDesk.of(request)
    const sha256 = hashIn(request)
    const found = await findAttachment(district.dataFolder, desk.unitId, sha256)
    // Its row may be missing after a crash, and after this answer nobody would put the scan again.
    if (found) await noteAttachment(district.store.ofUnit(desk.unitId), desk, sha256, found, district.clock.now())
    if (found) return reply.code(204).send()
    const progress = await uploads.progressOf(desk, sha256)
    if (progress === 'held') return reply.code(204).send()
    if (progress !== undefined) reply.header('upload-offset', progress)
    return reply.code(404).send()
  })

  server.get(url, { onRequest }, async (request, reply) => {
    const { unitId } = signedDesk.of(request)
    checkDigest(request, Buffer.alloc(0))
    const sha256 = hashIn(request)
    const found = await findAttachment(district.dataFolder, unitId, sha256)
    if (!found) refuse('request/not-found')
    reply
      .header('content-type', found.mediaType)
      .header('content-length', found.bytes)
      .header('cache-control', 'no-store')
    return reply.send(readAttachment(district.dataFolder, unitId, sha256))
  })

  server.put(
    url,
    { onRequest: [onRequest, bodyTime.allowSlow], bodyLimit: maxAttachmentBytes },
    async (request, reply) => {
      const desk = signedDesk.of(request)
      const sha256 = hashIn(request)
      // The signed digest is the name itself, so hashing the stream once checks both.
      if (!signedDigest(request).equals(Buffer.from(sha256, 'hex'))) refuse('attachment/wrong-hash')
      if (request.headers['content-encoding']) refuse('request/malformed', 'content-encoding')
      if (Number(request.headers['content-length'] ?? 0) > maxAttachmentBytes) refuse('request/too-large')
      const before = await findAttachment(district.dataFolder, desk.unitId, sha256)
      if (before) {
        await noteAttachment(district.store.ofUnit(desk.unitId), desk, sha256, before, district.clock.now())
        return reply.code(201).send()
      }
      const written = await writeAttachment(district.dataFolder, desk.unitId, sha256, bodyStream(request))
      if (!written.ok) refuse(written.error)
      await noteAttachment(district.store.ofUnit(desk.unitId), desk, sha256, written.value, district.clock.now())
      request.counts = { bytes: written.value.bytes }
      return reply.code(201).send()
    },
  )

  for (const uploadUrl of [uploadPath, `${uploadPath}/:sha256`]) {
    server.route({
      method: ['POST', 'HEAD', 'PATCH'],
      url: uploadUrl,
      onRequest: [onRequest, bodyTime.allowSlow],
      handler: async (request, reply) => {
        // From here on the library answers; it reads the body itself, as it comes.
        reply.hijack()
        await uploads.answer(signedDesk.of(request), request.raw, reply.raw)
      },
    })
  }
}

function hashIn(request: FastifyRequest): string {
  const parsed = sha256Schema.safeParse((request.params as { sha256?: unknown }).sha256)
  if (!parsed.success) refuse('request/malformed', 'sha256')
  return parsed.data
}

async function* bodyStream(request: FastifyRequest): AsyncIterable<Uint8Array> {
  const body = request.body as AsyncIterable<Uint8Array> | null | undefined
  try {
    if (body && Symbol.asyncIterator in body) yield* body
  } catch {
    // The line broke in the middle; what came is dropped.
    refuse('request/malformed', 'body')
  }
}
