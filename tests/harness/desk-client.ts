import { createHash, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import { brotliCompressSync, constants } from 'node:zlib'
import { httpbis } from 'http-message-signatures'
import { bodyHashOf, linkOf } from '../../shared/node/event-hashes.ts'
import { newBoxKey } from '../../shared/node/sealed-box.ts'
import { attachmentPath } from '../../shared/wire/attachment.ts'
import type { EnrolmentReply } from '../../shared/wire/enrolment.ts'
import { type ExchangeReply, type ExchangeRequest, headSignatureInput } from '../../shared/wire/exchange.ts'
import { enrolmentPath, exchangePath } from '../../shared/wire/hint.ts'
import { chainStart, type OwnEvent } from '../../shared/wire/own-event.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { signatureLabel, signedFields } from '../../shared/wire/signed-request.ts'

/** What a signed request may get wrong, for tests of the district's door. */
export interface Signing {
  readonly createdMs?: number
  readonly nonce?: string
  readonly keyId?: string
  readonly fields?: readonly string[]
  readonly label?: string
}

export interface SignedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

export interface Answer<Body = unknown> {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
}

/** A desk without an app: signs, chains and speaks like one. */
export class DeskClient {
  readonly url: string
  readonly enrolment: EnrolmentReply
  readonly privateKey: KeyObject
  /** Of the district's clock from this computer's. */
  readonly offsetMs: number
  head = { n: 0, link: chainStart }
  cursor = { epoch: '', seq: 0 }

  constructor(url: string, enrolment: EnrolmentReply, privateKey: KeyObject) {
    this.url = url
    this.enrolment = enrolment
    this.privateKey = privateKey
    this.offsetMs = Date.parse(enrolment.time) - Date.now()
  }

  get deskId() {
    return this.enrolment.deskId
  }

  get unitId() {
    return this.enrolment.unit.id
  }

  now(): string {
    return new Date(Date.now() + this.offsetMs).toISOString()
  }

  /** Puts an event's text at the next place of the desk's chain. */
  chain(text: string): OwnEvent {
    const salt = randomBytes(16).toString('hex')
    const n = this.head.n + 1
    const bodyHash = bodyHashOf(salt, text)
    const link = linkOf(this.head.link, n, JSON.parse(text).id, bodyHash)
    this.head = { n, link }
    return { text, chain: { n, salt, bodyHash, link } }
  }

  exchangeRequest(events: readonly OwnEvent[] = []): ExchangeRequest {
    const last = events.at(-1)?.chain
    const head = last && {
      n: last.n,
      link: last.link,
      signature: sign(null, Buffer.from(headSignatureInput(this.deskId, last.n, last.link)), this.privateKey).toString(
        'base64',
      ),
    }
    const holds = { catalogue: 1, calendar: 1, units: 1, staff: 1, desks: 99 }
    return { protocol: protocolVersion, cursor: this.cursor, events: [...events], ...(head ? { head } : {}), holds }
  }

  /** One round trip; the cursor moves on. */
  async exchange(events: readonly OwnEvent[] = []): Promise<ExchangeReply> {
    const answer = await this.post(this.exchangeRequest(events))
    if (answer.status !== 200) throw new Error(`exchange answered ${answer.status} ${JSON.stringify(answer.body)}`)
    const reply = answer.body as ExchangeReply
    this.cursor = reply.cursor
    return reply
  }

  async post(body: unknown, options: { readonly pack?: boolean; readonly signing?: Signing } = {}): Promise<Answer> {
    const plain = Buffer.from(JSON.stringify(body))
    const bytes = options.pack ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : plain
    const headers = { 'content-type': 'application/json', ...(options.pack ? { 'content-encoding': 'br' } : {}) }
    return this.send(await this.sign('POST', exchangePath, bytes, headers, options.signing))
  }

  async attachment(
    method: 'HEAD' | 'GET' | 'PUT',
    hash: string,
    bytes: Uint8Array = new Uint8Array(),
  ): Promise<Response> {
    const signed = await this.sign(method, attachmentPath + hash, bytes, { 'content-type': 'application/octet-stream' })
    return this.fetch(signed)
  }

  async sign(
    method: string,
    path: string,
    body: Uint8Array,
    headers: Record<string, string> = {},
    signing: Signing = {},
  ): Promise<SignedRequest> {
    const digest = createHash('sha256').update(body).digest('base64')
    const message = { method, url: this.url + path, headers: { ...headers, 'content-digest': `sha-256=:${digest}:` } }
    const signed = await httpbis.signMessage(
      {
        key: {
          id: signing.keyId ?? this.deskId,
          alg: 'ed25519',
          sign: async (data) => sign(null, data, this.privateKey),
        },
        name: signing.label ?? signatureLabel,
        fields: [...(signing.fields ?? signedFields)],
        params: ['created', 'nonce', 'keyid', 'alg'],
        paramValues: {
          created: new Date(signing.createdMs ?? Date.now() + this.offsetMs),
          nonce: signing.nonce ?? randomUUID(),
        },
      },
      message,
    )
    return { method, path, headers: signed.headers as Record<string, string>, body }
  }

  async send(request: SignedRequest): Promise<Answer> {
    return answerOf(await this.fetch(request))
  }

  async fetch({ method, path, headers, body }: SignedRequest): Promise<Response> {
    const bodiless = method === 'GET' || method === 'HEAD'
    return fetch(this.url + path, { method, headers, ...(bodiless ? {} : { body: new Uint8Array(body) }) })
  }
}

/** Enrols a new desk with a one-time code. */
export async function enrolDesk(url: string, code: string, deskName = 'Bàn thử'): Promise<DeskClient> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
  const boxKey = await newBoxKey()
  const answer = await postJson(url + enrolmentPath, {
    protocol: protocolVersion,
    code,
    deskName,
    publicKey: raw,
    boxKey: boxKey.publicKey,
  })
  if (answer.status !== 201) throw new Error(`enrolment answered ${answer.status} ${JSON.stringify(answer.body)}`)
  return new DeskClient(url, answer.body as EnrolmentReply, privateKey)
}

export async function postJson(url: string, body: unknown): Promise<Answer> {
  return answerOf(
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  )
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
