import { z } from 'zod'
import { deskIdSchema, instantSchema, sha256Schema, textSchema, unitIdSchema } from '../core/schemas.ts'
import { numberLaneSchema } from '../domain/numbering.ts'
import { publicationsSchema } from '../law/publication.ts'
import { unitSchema } from '../law/unit.ts'

/** Public half of a letter box (HPKE, P-256): the uncompressed point, raw 65 bytes in base64. */
export const boxPublicKeySchema = z.string().regex(/^[A-Za-z0-9+/]{87}=$/)

/** Keys of the certificates a district answers with, the present one first: SHA-256 of SubjectPublicKeyInfo, hex. */
export const tlsPinsSchema = z.array(sha256Schema).max(4)

/** `POST /v1/enrolments`: a desk shows its one-time code and its new public key, and becomes known. */
export const enrolmentRequestSchema = z.object({
  protocol: z.int().min(1),
  /** The secret part of the code alone. */
  code: z.string().min(1).max(64),
  deskName: textSchema(100).min(1),
  /** Ed25519 public key, raw 32 bytes in base64. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  /** What the district seals for this desk alone, such as a receipt that travels by USB stick. */
  boxKey: boxPublicKeySchema,
  /**
   * Of a desk that worked before: a district that forgot it (restored from an older backup, a new database) takes it in
   * again under its own id and leaves its former lane alone.
   */
  former: z.object({ deskId: deskIdSchema, unitId: unitIdSchema, lane: z.int().min(1).max(9999) }).optional(),
  /**
   * Ed25519 over `enrolmentProofInput` with that key, base64. Without it a desk enrols only once: public keys are no
   * secrets, so who comes back must show that the key is its own.
   */
  proof: z.string().max(200).optional(),
})
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>

/** What a desk signs with the key it names: everything it asks. */
export function enrolmentProofInput(request: Omit<EnrolmentRequest, 'proof'>): string {
  const { code, deskName, publicKey, boxKey, former } = request
  const asked = [code, deskName, publicKey, boxKey, former ? [former.deskId, former.unitId, former.lane] : null]
  return `mot-cua/enrolment\n${JSON.stringify(asked)}`
}

export const enrolmentReplySchema = z.object({
  protocol: z.int().min(1),
  deskId: deskIdSchema,
  deskName: z.string(),
  unit: unitSchema,
  lane: numberLaneSchema,
  /** The district's own Ed25519 public key: verdicts are checked with it. */
  districtPublicKey: z.string(),
  /** What a desk seals for the district alone. */
  districtBoxKey: boxPublicKeySchema,
  districtName: z.string(),
  epoch: z.string(),
  time: instantSchema,
  publications: publicationsSchema,
})
export type EnrolmentReply = z.infer<typeof enrolmentReplySchema>

/** No 0 and O, no 1 and I: read aloud and typed by hand. 5 bits each. */
export const enrolmentSigns = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** 60 bits that are guessed once in ten minutes and die within a day. */
export const secretSigns = 12
/** 80 bits of the hash of the district's public key: more than anyone can search for a key that fits. */
const pinSigns = 16

/**
 * An enrolment code as it is handed over:
 * ```
 * ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345
 * └── secret ──┘ └─ the district ──┘
 * ```
 * 1. The desk compares the second part with the certificate it really meets before it sends the first.
 * 2. The second part is absent where a public authority vouches for the district.
 */
export interface TypedEnrolmentCode {
  readonly secret: string
  /** `pinSignsOf` the district's key; undefined when the code carries none. */
  readonly pin: string | undefined
  /** False when signs are missing or too many. */
  readonly complete: boolean
}

/** Reads a code as people type it: case, spaces and dashes do not matter. */
export function parseEnrolmentCode(typed: string): TypedEnrolmentCode {
  const signs = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const pin = signs.slice(secretSigns)
  const complete = signs.length === secretSigns || signs.length === secretSigns + pinSigns
  return { secret: signs.slice(0, secretSigns), pin: pin === '' ? undefined : pin, complete }
}

export function formatEnrolmentCode(secret: string, tlsPin: string | undefined): string {
  const signs = secret + (tlsPin === undefined ? '' : pinSignsOf(tlsPin))
  return signs.match(/.{4}/g)?.join('-') ?? signs
}

/** The first 80 bits of a pin as signs of a code. */
export function pinSignsOf(tlsPin: string): string {
  const bits = [...tlsPin.slice(0, pinSigns + 4)].map((digit) =>
    Number.parseInt(digit, 16).toString(2).padStart(4, '0'),
  )
  const groups = bits.join('').match(/.{5}/g) ?? []
  return groups.map((group) => enrolmentSigns[Number.parseInt(group, 2)]).join('')
}
