import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { readBeside } from '../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../shared/wire/beside.ts'
import { maxPageBytes } from '../../shared/wire/exchange.ts'
import { pieceBytesFor } from '../../shared/wire/packing.ts'
import { refuse } from './refusal.ts'

/** As sent, and unpacked: a page of events with its escapes and chain places. */
export const maxEncodedBytes = 2 * maxPageBytes
const maxDecodedBytes = 4 * maxPageBytes

const unpackers = { br: promisify(brotliDecompress), gzip: promisify(gunzip) } as const

/** The JSON of a body that was read as bytes and whose digest was checked. */
export async function readJson(request: FastifyRequest): Promise<unknown> {
  return parse(await unpackText(request))
}

/** The same of a message that may have its texts beside it (`shared/wire/beside.ts`). */
export async function readMessage(request: FastifyRequest): Promise<unknown> {
  if (request.headers['content-type'] !== besideMediaType) return readJson(request)
  return readBeside(await unpackText(request), exchangeLists) ?? refuse('request/malformed', 'body')
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    refuse('request/malformed', 'body')
  }
}

async function unpackText(request: FastifyRequest): Promise<Buffer> {
  const bytes = await unpack(request)
  return isUtf8(bytes) ? bytes : refuse('request/malformed', 'body')
}

async function unpack(request: FastifyRequest): Promise<Buffer> {
  const body = bodyOf(request)
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return body
  if (encoding !== 'br' && encoding !== 'gzip') refuse('request/malformed', 'content-encoding')
  try {
    return await unpackers[encoding](body, {
      maxOutputLength: maxDecodedBytes,
      chunkSize: pieceBytesFor(4 * body.byteLength),
    })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    refuse(tooLarge ? 'request/too-large' : 'request/malformed', 'content-encoding')
  }
}

export function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}
