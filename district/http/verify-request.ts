import { createHash, verify } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { httpbis } from 'http-message-signatures'
import { deskIdSchema } from '../../shared/core/schemas.ts'
import { instantOf } from '../../shared/core/time.ts'
import { clockWindowSeconds, signatureLabel, signedFields } from '../../shared/wire/signed-request.ts'
import type { District } from '../district.ts'
import { publicKeyOf } from '../exchange/district-key.ts'
import { type Desk, findDesk } from '../store/desks.ts'
import { takeNonce } from '../store/nonces.ts'
import { RequestRefused, refuse } from './refusal.ts'

/**
 * ```
 * headers ─► exactly our fields and label ─► desk known? ─► signature ─► retired? ─► clock window ─► nonce fresh ─► desk
 * body    ─► its digest is the signed one                                  (before anything is parsed or unpacked)
 * ```
 * 1. All of it happens before the body is read, except the digest: an unsigned megabyte costs nothing.
 * 2. `@path` does not cover a query, so a signed request has none.
 * 3. A nonce is taken only by a valid signature, and kept as long as its request could be sent again.
 */
export async function verifyRequest(district: District, request: FastifyRequest): Promise<Omit<Signed, 'createdMs'>> {
  if (request.url.includes('?')) refuse('request/malformed', 'query')
  const input = header(request, 'signature-input')
  if (!input || !header(request, 'signature')) refuse('request/unsigned')
  const covered = `${signatureLabel}=(${signedFields.map((field) => `"${field}"`).join(' ')});`
  if (!input.startsWith(covered)) refuse('request/bad-signature', 'signature-input')
  const { desk, createdMs, nonce } = await checkSignature(district, request)
  if (desk.retired) refuse('desk/retired')
  if (Math.abs(district.clock.nowMs() - createdMs) > clockWindowSeconds * 1000) {
    throw new RequestRefused('request/expired', undefined, nonce)
  }
  const store = district.store.ofUnit(desk.unitId)
  // Past this moment the clock window refuses a copy anyway.
  const expiresAt = instantOf(createdMs + (clockWindowSeconds + 60) * 1000)
  const isFresh = await takeNonce(store.relaxed, desk, { nonce, expiresAt }, district.clock.now())
  if (!isFresh) refuse('request/replayed')
  return { desk, nonce }
}

interface Signed {
  readonly desk: Desk
  readonly createdMs: number
  readonly nonce: string
}

async function checkSignature(district: District, request: FastifyRequest): Promise<Signed> {
  let lookups = 0
  let signed: Signed | undefined
  const message = {
    method: request.method,
    url: new URL(request.url, 'http://district'),
    headers: request.headers as Record<string, string>,
  }
  const valid = await httpbis
    .verifyMessage(
      {
        requiredFields: [...signedFields],
        requiredParams: ['created', 'nonce', 'keyid', 'alg'],
        // The window is checked against the district's own clock, later.
        notAfter: Number.MAX_SAFE_INTEGER,
        keyLookup: async ({ keyid, nonce, created }) => {
          lookups += 1
          const deskId = deskIdSchema.safeParse(keyid)
          const desk = deskId.success ? await findDesk(district.store.allUnits, deskId.data) : undefined
          if (!desk) refuse('desk/unknown')
          const createdMs = created?.getTime() ?? Number.NaN
          if (typeof nonce !== 'string' || !/^[\x21-\x7e]{8,100}$/.test(nonce) || !Number.isSafeInteger(createdMs)) {
            refuse('request/bad-signature', 'signature-input')
          }
          signed = { desk, createdMs, nonce }
          const key = publicKeyOf(desk.publicKey)
          return {
            id: desk.deskId,
            algs: ['ed25519'],
            verify: async (data, signature) => verify(null, data, key, signature),
          }
        },
      },
      message,
    )
    .catch((error: unknown) => {
      if (error instanceof RequestRefused) throw error
      if (isDatabaseError(error)) throw error
      return false
    })
  // The library settles for the last of several signatures; one request has one.
  if (valid !== true || lookups !== 1 || !signed) refuse('request/bad-signature')
  return signed
}

/** What the library throws is about the headers; what the database throws is not the desk's fault. */
function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && ('code' in error || /Connection terminated|timeout exceeded/.test(error.message))
}

/** The digest the signature covers, as raw SHA-256. */
export function signedDigest(request: FastifyRequest): Buffer {
  const match = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(header(request, 'content-digest') ?? '')
  if (!match?.[1]) refuse('request/bad-signature', 'content-digest')
  return Buffer.from(match[1], 'base64')
}

export function checkDigest(request: FastifyRequest, body: Buffer): void {
  const digest = createHash('sha256').update(body).digest()
  if (!digest.equals(signedDigest(request))) refuse('request/bad-signature', 'content-digest')
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
