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
  return parseJson(await unpack(request))
}

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(textOf(bytes).toString('utf8'))
  } catch {
    refuse('request/malformed', 'body')
  }
}

/** The unpacked body of a message that may have its texts beside it (`shared/wire/beside.ts`). */
export function parseMessage(request: FastifyRequest, bytes: Buffer): unknown {
  if (request.headers['content-type'] !== besideMediaType) return parseJson(bytes)
  return readBeside(textOf(bytes), exchangeLists) ?? refuse('request/malformed', 'body')
}

function textOf(bytes: Buffer): Buffer {
  return isUtf8(bytes) ? bytes : refuse('request/malformed', 'body')
}

export async function unpack(request: FastifyRequest): Promise<Buffer> {
  return (await unpackUpTo(request, maxDecodedBytes)) ?? refuse('request/too-large', 'content-encoding')
}

/** Undefined where more bytes come out of the body. */
export async function unpackUpTo(request: FastifyRequest, mostBytes: number): Promise<Buffer | undefined> {
  const body = bodyOf(request)
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return body
  if (encoding !== 'br' && encoding !== 'gzip') refuse('request/malformed', 'content-encoding')
  try {
    return await unpackers[encoding](body, {
      maxOutputLength: mostBytes,
      chunkSize: pieceBytesFor(4 * body.byteLength),
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    refuse('request/malformed', 'content-encoding')
  }
}

export function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}
