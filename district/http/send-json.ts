import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { packBeside } from '../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../shared/wire/beside.ts'
import { briefVerdicts, shortenVerdicts } from '../../shared/wire/brief-verdicts.ts'
import { type ExchangeReply, workHeader, workText } from '../../shared/wire/exchange.ts'
import { brotliQuality, pieceBytesFor, windowBitsFor } from '../../shared/wire/packing.ts'

const br = promisify(brotliCompress)
const gz = promisify(gzip)
/** Below this the headers cost more than is saved. */
const worthPacking = 1024

const smallReply = 256 * 1024

const jsonMediaType = 'application/json; charset=utf-8'

/** Sends JSON packed as the caller accepts it. */
export async function sendJson(request: FastifyRequest, reply: FastifyReply, value: unknown): Promise<FastifyReply> {
  const bytes = Buffer.from(JSON.stringify(value))
  return reply.type(jsonMediaType).send(await packed(request, reply, bytes, false))
}

/**
 * Sends an answer with the texts of its events beside it and its verdicts in brief, where the desk knows how to read that;
 * `asked` is how many events it is about. It tells how long the
 * district worked since `began`, packing too, so that a desk takes neither that nor the queue for a slow line.
 */
export async function sendMessage(
  request: FastifyRequest,
  reply: FastifyReply,
  message: ExchangeReply,
  {
    quick = false,
    began,
    asked,
  }: { readonly quick: boolean | undefined; readonly began: number; readonly asked: number },
): Promise<FastifyReply> {
  const accepted = String(request.headers.accept ?? '')
  const isBeside = accepted.includes(besideMediaType)
  const isBrief = accepted.includes(briefVerdicts) && message.verdicts.length === asked
  const spelled = isBrief ? { ...message, verdicts: shortenVerdicts(message.verdicts) } : message
  const bytes = isBeside ? packBeside(spelled, exchangeLists) : Buffer.from(JSON.stringify(spelled))
  const content = await packed(request, reply, bytes, quick)
  reply.header(workHeader, workText(performance.now() - began))
  return reply.type(isBeside ? besideMediaType : jsonMediaType).send(content)
}

async function packed(request: FastifyRequest, reply: FastifyReply, bytes: Buffer, quick: boolean): Promise<Buffer> {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  reply.header('vary', 'accept, accept-encoding')
  if (bytes.length < worthPacking) return bytes
  if (/\bbr\b/.test(accepted)) {
    const quality = brotliQuality[quick ? 'quick' : bytes.length < smallReply ? 'tight' : 'usual']
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: windowBitsFor(bytes.length),
    }
    reply.header('content-encoding', 'br')
    return br(bytes, { params, chunkSize: pieceBytesFor(bytes.length / 2) })
  }
  if (!/\bgzip\b/.test(accepted)) return bytes
  reply.header('content-encoding', 'gzip')
  return gz(bytes, { level: 6 })
}
