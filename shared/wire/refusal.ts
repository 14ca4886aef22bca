import { z } from 'zod'

/** Why the district refused a whole request. The HTTP status is for proxies; the code is what both sides act on. */
export const refusalStatus = {
  'request/malformed': 400,
  'request/unsigned': 401,
  'request/bad-signature': 401,
  'request/expired': 401,
  'request/replayed': 401,
  'desk/unknown': 401,
  'desk/retired': 403,
  'enrolment/bad-code': 403,
  'enrolment/used-code': 403,
  'enrolment/expired-code': 403,
  'enrolment/other-unit': 403,
  'enrolment/too-many-tries': 429,
  'request/not-found': 404,
  'request/out-of-order': 409,
  'request/too-large': 413,
  'attachment/wrong-hash': 422,
  'attachment/wrong-type': 422,
  'courier/not-courier': 422,
  'courier/newer-version': 422,
  'courier/cut': 422,
  'courier/changed': 422,
  'courier/other-district': 422,
  'courier/unknown-author': 422,
  'courier/retired-author': 403,
  'returned/unknown-start': 409,
  'returned/unproved': 422,
  'protocol/too-old': 426,
  'district/overloaded': 503,
} as const

export type DistrictRefusalCode = keyof typeof refusalStatus

export const refusalReplySchema = z.object({
  code: z.string().max(64),
  /** Where the input was wrong, as a path; never the value. */
  detail: z.string().max(300).optional(),
  /** The district's clock, so that a desk with a wrong one can sign again. */
  time: z.string().max(40).optional(),
  /** With `request/expired`: Ed25519 of the district over `refusalTimeInput`, base64. No other time moves a clock. */
  signature: z.string().max(200).optional(),
})
export type RefusalReply = z.infer<typeof refusalReplySchema>

/** The district's moment, as it told it to the request with this nonce. */
export function refusalTimeInput(time: string, nonce: string): string {
  return `mot-cua/time\n${time}\n${nonce}`
}
