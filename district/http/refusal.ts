import { type DistrictRefusalCode, refusalStatus } from '../../shared/wire/refusal.ts'

/** Thrown by whoever looks at a request; answered as `{code, detail, time, signature}` and never logged with its input. */
export class RequestRefused extends Error {
  readonly code: DistrictRefusalCode
  readonly status: number
  readonly detail: string | undefined
  /** The nonce of a request whose desk is to learn the time by this refusal. */
  readonly nonce: string | undefined

  constructor(code: DistrictRefusalCode, detail?: string, nonce?: string) {
    super(code)
    this.code = code
    this.status = refusalStatus[code]
    this.detail = detail?.slice(0, 300)
    this.nonce = nonce
  }
}

export function refuse(code: DistrictRefusalCode, detail?: string): never {
  throw new RequestRefused(code, detail)
}
