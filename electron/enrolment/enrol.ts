import { err, ok, type Result } from '../../shared/core/result.ts'
import type { EnrolFailure } from '../../shared/ipc/contract.ts'
import { type EnrolmentRequest, enrolmentReplySchema, normaliseEnrolmentCode } from '../../shared/wire/enrolment.ts'
import { enrolmentPath } from '../../shared/wire/hint.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { refusalReplySchema } from '../../shared/wire/refusal.ts'
import type { Clock } from '../clock.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import type { IdentityStore } from './desk-identity.ts'

const timeoutMs = 20_000

/** Makes this PC a desk of a unit: the private key stays here, the district learns the public one. */
export async function enrol(
  input: { readonly url: string; readonly code: string; readonly deskName: string },
  deps: { readonly identity: IdentityStore; readonly reference: ReferenceStore; readonly clock: Clock },
): Promise<Result<null, EnrolFailure>> {
  if (deps.identity.current()) return err({ code: 'enrolment/already-enrolled' })
  const address = findAddress(input.url)
  if (!address) return err({ code: 'enrolment/bad-address' })
  const keys = deps.identity.keysFor(normaliseEnrolmentCode(input.code))
  const request: EnrolmentRequest = {
    protocol: protocolVersion,
    code: input.code,
    deskName: input.deskName,
    publicKey: keys.publicKey,
  }
  const response = await post(`${address}${enrolmentPath}`, request)
  if (!response) return err({ code: 'district/unreachable' })
  if (!response.ok) return err({ code: 'enrolment/refused', reason: refusalCodeOf(response.body) })
  const reply = enrolmentReplySchema.parse(response.body)
  deps.clock.learnDistrictTime(reply.time)
  await deps.reference.save(reply.publications)
  await deps.identity.save({
    deskId: reply.deskId,
    deskName: reply.deskName,
    districtUrl: address,
    districtName: reply.districtName,
    districtPublicKey: reply.districtPublicKey,
    unit: reply.unit,
    lane: reply.lane,
    privateKey: keys.privateKey,
    enrolledAt: deps.clock.instant(),
  })
  return ok(null)
}

/** https anywhere; plain http only to this very PC, where no line can be listened to. */
function findAddress(typed: string): string | undefined {
  if (!URL.canParse(typed.trim())) return undefined
  const url = new URL(typed.trim())
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) return url.origin
  return undefined
}

async function post(url: string, body: object): Promise<{ ok: boolean; body: unknown } | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { ok: response.ok, body: (await response.json()) as unknown }
  } catch {
    return undefined
  }
}

function refusalCodeOf(body: unknown): string {
  const refusal = refusalReplySchema.safeParse(body)
  return refusal.success ? refusal.data.code : 'district/unreadable'
}
