import { err, ok, type Result } from '../../shared/core/result.ts'
import type { EnrolFailure } from '../../shared/ipc/contract.ts'
import {
  type EnrolmentReply,
  type EnrolmentRequest,
  enrolmentProofInput,
  enrolmentReplySchema,
  parseEnrolmentCode,
  pinSignsOf,
} from '../../shared/wire/enrolment.ts'
import { enrolmentPath } from '../../shared/wire/hint.ts'
import { refusalReplySchema } from '../../shared/wire/refusal.ts'
import { meetServer, openTransport, type TlsTrust, WrongCertificate } from '../exchange/pinned-transport.ts'

const timeoutMs = 20_000

export interface Enrolled {
  readonly address: string
  readonly tls: TlsTrust
  readonly reply: EnrolmentReply
}

/**
 * ```
 * typed code ─► secret + signs of the district's key
 * address ─► TLS handshake ─► are these its signs? ─► the secret goes out, on a line with that very key ─► reply
 *                          └─ no ─► nothing was said
 * ```
 * 1. A code with signs is good over TLS only. Once it fitted, the desk keeps the whole hash of the key.
 * 2. A code without signs needs a certificate that a public authority vouches for.
 * 3. Where both hold at enrolment, both must hold ever after.
 */
export async function askDistrict(
  typed: { readonly url: string; readonly code: string },
  request: Omit<EnrolmentRequest, 'code' | 'proof'>,
  sign: (text: string) => string,
): Promise<Result<Enrolled, EnrolFailure>> {
  const code = parseEnrolmentCode(typed.code)
  if (!code.complete) return err({ code: 'enrolment/incomplete-code' })
  const address = findAddress(typed.url)
  const secure = address?.startsWith('https:')
  if (!address || (code.pin !== undefined && !secure)) return err({ code: 'enrolment/bad-address' })
  const met = secure && code.pin !== undefined ? await meetServer(address).catch(() => undefined) : undefined
  if (met && pinSignsOf(met.pin) !== code.pin) return err({ code: 'tls/wrong-key' })
  if (code.pin !== undefined && !met) return err({ code: 'district/unreachable' })
  const tls: TlsTrust = met ? { pins: [met.pin], authority: met.vouched } : { pins: [], authority: true }
  const asked = { ...request, code: code.secret }
  const proof = sign(enrolmentProofInput(asked))
  const reply = await post(`${address}${enrolmentPath}`, tls, { ...asked, proof })
  return reply.ok ? ok({ address, tls, reply: reply.value }) : reply
}

/** https anywhere; plain http only to this very PC, where no line can be listened to. */
function findAddress(typed: string): string | undefined {
  if (!URL.canParse(typed.trim())) return undefined
  const url = new URL(typed.trim())
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) return url.origin
  return undefined
}

async function post(
  url: string,
  tls: TlsTrust,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentReply, EnrolFailure>> {
  const transport = openTransport(() => tls)
  try {
    const answer = await transport.send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(request)),
      timeoutMs,
    })
    const body = (await answer.json()) as unknown
    if (answer.ok) return ok(enrolmentReplySchema.parse(body))
    const refusal = refusalReplySchema.safeParse(body)
    return err({ code: 'enrolment/refused', reason: refusal.success ? refusal.data.code : 'district/unreadable' })
  } catch (cause) {
    return err({ code: cause instanceof WrongCertificate ? cause.fault : 'district/unreachable' })
  } finally {
    transport.close()
  }
}
