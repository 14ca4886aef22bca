import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { packBeside } from '../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../shared/wire/beside.ts'
import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import { brotliQuality, pieceBytesFor, windowBitsFor } from '../../shared/wire/packing.ts'

const br = promisify(brotliCompress)
const gz = promisify(gzip)
/** Below this the headers cost more than is saved. */
const worthPacking = 1024

const smallReply = 256 * 1024

/** Sends JSON packed as the caller accepts it. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  value: unknown,
  quick = false,
): Promise<FastifyReply> {
  return sendPacked(request, reply.type('application/json; charset=utf-8'), Buffer.from(JSON.stringify(value)), quick)
}

/** Sends an answer with the texts of its events beside it, where the desk knows how to read that. */
export function sendMessage(
  request: FastifyRequest,
  reply: FastifyReply,
  message: ExchangeReply,
  quick = false,
): Promise<FastifyReply> {
  if (!String(request.headers.accept ?? '').includes(besideMediaType)) return sendJson(request, reply, message, quick)
  return sendPacked(request, reply.type(besideMediaType), packBeside(message, exchangeLists), quick)
}

async function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: Buffer,
  quick: boolean,
): Promise<FastifyReply> {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  reply.header('vary', 'accept, accept-encoding')
  if (bytes.length < worthPacking) return reply.send(bytes)
  if (/\bbr\b/.test(accepted)) {
    const quality = brotliQuality[quick ? 'quick' : bytes.length < smallReply ? 'tight' : 'usual']
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: windowBitsFor(bytes.length),
    }
    return reply
      .header('content-encoding', 'br')
      .send(await br(bytes, { params, chunkSize: pieceBytesFor(bytes.length / 2) }))
  }
  if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(await gz(bytes, { level: 6 }))
  return reply.send(bytes)
}
