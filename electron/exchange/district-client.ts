import { createHash, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { httpbis } from 'http-message-signatures'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { CertificateFault } from '../../shared/ipc/view.ts'
import { packBeside } from '../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../shared/wire/beside.ts'
import type { ExchangeRequest } from '../../shared/wire/exchange.ts'
import { brotliQuality, type Packing, pieceBytesFor, windowBitsFor } from '../../shared/wire/packing.ts'
import { refusalReplySchema, refusalTimeInput } from '../../shared/wire/refusal.ts'
import { signatureLabel, signedFields } from '../../shared/wire/signed-request.ts'
import type { Clock } from '../clock.ts'
import { type DeskIdentity, isSignedText, privateKeyOf } from '../enrolment/desk-identity.ts'
import type { Answer } from './answer.ts'
import { openTransport, type TlsTrust, WrongCertificate } from './pinned-transport.ts'

const compress = promisify(brotliCompress)
const smallestCompressed = 512

/** Why no answer came: the line, or the district's refusal with its code. */
export type DistrictFailure =
  | {
      readonly code: 'district/unreachable'
      /** Something answers there, and it is not the district. */
      readonly certificate?: CertificateFault
    }
  | {
      readonly code: 'district/refused'
      readonly reason: string
      readonly status: number
      /** When the district wants to be asked again. */
      readonly retryAfterMs?: number
      /** Of a scan the district does not hold: how much of it has come. */
      readonly uploadOffset?: number
    }

export interface DistrictRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH'
  readonly path: string
  /** Where the answer is signed with it. */
  readonly nonce?: string
  readonly json?: object
  /** Goes with its texts beside it. */
  readonly message?: ExchangeRequest
  /** Of the message, and of the answer to it where that is `none`. */
  readonly packing?: Packing
  readonly bytes?: { readonly mediaType: string; readonly content: Uint8Array }
  /** Besides those every request has. */
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Told when it is packed and signed, and the line has it. */
  readonly onLeave?: () => void
  readonly signal?: AbortSignal
}

export interface DistrictClient {
  /** A request comes soon. */
  readonly prepare: () => void
  /** A refused request is a value; the body of an answer is read by the caller. */
  readonly request: (request: DistrictRequest) => Promise<Result<Answer, DistrictFailure>>
  readonly close: () => void
}

export function newNonce(): string {
  return randomBytes(16).toString('base64url')
}

/** Signed requests to the district (RFC 9421, `shared/wire/signed-request.ts`), with the district's time. */
export function createDistrictClient(
  identity: DeskIdentity,
  clock: Clock,
  trust: () => TlsTrust = () => identity.tls,
): DistrictClient {
  const transport = openTransport(trust)
  const key = privateKeyOf(identity)
  const signer = {
    id: identity.deskId,
    alg: 'ed25519',
    sign: async (data: Buffer) => sign(null, data, key),
  }

  async function attempt(request: DistrictRequest): Promise<Result<Answer, DistrictFailure>> {
    const { nonce = newNonce() } = request
    const { headers, body } = await encodeBody(request)
    const url = `${identity.districtUrl}${request.path}`
    const digest = createHash('sha256').update(body).digest('base64')
    const signed = await httpbis.signMessage(
      {
        key: signer,
        name: signatureLabel,
        fields: [...signedFields],
        params: ['created', 'nonce', 'keyid', 'alg'],
        paramValues: {
          created: new Date(clock.now() + clock.offsetMs()),
          nonce,
        },
      },
      {
        method: request.method,
        url,
        headers: { ...request.headers, ...headers, 'content-digest': `sha-256=:${digest}:` },
      },
    )
    request.onLeave?.()
    try {
      const response = await transport.send(url, {
        method: request.method,
        headers: signed.headers as Record<string, string>,
        ...(body.byteLength > 0 ? { body } : {}),
        timeoutMs: request.timeoutMs,
        signal: request.signal,
      })
      return response.ok ? ok(response) : await refusalOf(response, nonce)
    } catch (cause) {
      const fault = cause instanceof WrongCertificate ? { certificate: cause.fault } : {}
      return err({ code: 'district/unreachable', ...fault })
    }
  }

  async function refusalOf(response: Answer, nonce: string): Promise<Result<Answer, DistrictFailure>> {
    const body = refusalReplySchema.safeParse(await response.json().catch(() => undefined))
    const reason = body.success ? body.data.code : `http/${response.status}`
    const { time, signature } = body.data ?? {}
    if (reason === 'request/expired' && time !== undefined && signature !== undefined) {
      const isTold = isSignedText(identity.districtPublicKey, refusalTimeInput(time, nonce), signature)
      if (isTold) clock.learnDistrictTime(time)
    }
    const uploadOffset = response.headers.get('upload-offset')
    const retryAfterMs = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000
    return err({
      code: 'district/refused',
      reason,
      status: response.status,
      ...(Number.isFinite(retryAfterMs) ? { retryAfterMs } : {}),
      ...(uploadOffset === null ? {} : { uploadOffset: Number(uploadOffset) }),
    })
  }

  return {
    prepare: () => transport.prepare(identity.districtUrl),
    close: transport.close,
    async request(request) {
      const first = await attempt(request)
      // A wrong PC clock is learned from the refusal itself, and the request signed again with the right time.
      const expired = !first.ok && first.error.code === 'district/refused' && first.error.reason === 'request/expired'
      return expired ? attempt(request) : first
    },
  }
}

async function encodeBody(request: DistrictRequest): Promise<{ headers: Record<string, string>; body: Uint8Array }> {
  if (request.bytes) {
    return { headers: { 'content-type': request.bytes.mediaType }, body: request.bytes.content }
  }
  const { json, message, packing = 'tight' } = request
  if (!json && !message) return { headers: {}, body: new Uint8Array() }
  const plain = message ? packBeside(message, exchangeLists) : Buffer.from(JSON.stringify(json))
  const headers = { 'content-type': message ? besideMediaType : 'application/json' }
  if (packing === 'none') return { headers: { ...headers, 'accept-encoding': 'identity' }, body: plain }
  if (plain.byteLength < smallestCompressed) return { headers, body: plain }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality[packing],
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength,
    [constants.BROTLI_PARAM_LGWIN]: windowBitsFor(plain.byteLength),
  }
  const chunkSize = pieceBytesFor(plain.byteLength / 2)
  return {
    headers: { ...headers, 'content-encoding': 'br' },
    body: await compress(plain, { params, chunkSize }),
  }
}
