import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { deskIdSchema, instantSchema } from '../../shared/core/schemas.ts'
import { numberLaneSchema } from '../../shared/domain/numbering.ts'
import { unitSchema } from '../../shared/law/unit.ts'
import { type BoxKey, newBoxKey } from '../../shared/node/sealed-box.ts'
import { tlsPinsSchema } from '../../shared/wire/enrolment.ts'
import { ensureFolder } from '../disk/durable-file.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

/** What a desk becomes by enrolling; kept sealed, the private key never leaves main. */
const deskIdentitySchema = z.object({
  deskId: deskIdSchema,
  deskName: z.string(),
  districtUrl: z.string(),
  /** What is asked of the certificate the district shows (`exchange/pinned-transport.ts`). */
  tls: z.object({ pins: tlsPinsSchema, authority: z.boolean() }),
  districtName: z.string(),
  districtPublicKey: z.string(),
  districtBoxKey: z.string(),
  unit: unitSchema,
  lane: numberLaneSchema,
  privateKey: z.string(),
  /** Opens what the district sealed for this desk. */
  boxKey: z.object({ publicKey: z.string(), privateKey: z.string() }),
  enrolledAt: instantSchema,
  /** The district takes nothing from this desk any more. */
  retired: z.boolean(),
})
export type DeskIdentity = z.infer<typeof deskIdentitySchema>

export interface IdentityStore {
  readonly current: () => DeskIdentity | undefined
  readonly save: (identity: DeskIdentity) => Promise<void>
  /** The same keys for the same code: when the district's answer was lost, asking again must not burn the code. */
  readonly keysFor: (code: string) => Promise<DeskKeys>
}

const place = 'settings/desk-identity'

export async function openIdentityStore(folder: string, key: Uint8Array): Promise<IdentityStore> {
  await ensureFolder(folder)
  const file = path.join(folder, 'desk-identity.sealed')
  const read = await readSealedJson(file, key, place)
  if (read.state === 'damaged') throw new Error('the desk identity does not open with this data key')
  const pendingKeys = new Map<string, Promise<DeskKeys>>()
  // Loose: what a newer version keeps here must survive an older one that saves it again.
  let identity: DeskIdentity | undefined =
    read.state === 'read' ? deskIdentitySchema.loose().parse(read.value) : undefined
  return {
    current: () => identity,
    keysFor(code) {
      const keys = pendingKeys.get(code) ?? makeDeskKeys()
      pendingKeys.set(code, keys)
      return keys
    },
    async save(next) {
      await writeSealedJson(file, key, place, next)
      identity = next
    },
  }
}

interface DeskKeys {
  readonly privateKey: string
  /** Raw 32 bytes in base64, as the district stores it. */
  readonly publicKey: string
  readonly boxKey: BoxKey
}

async function makeDeskKeys(): Promise<DeskKeys> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: raw.toString('base64'),
    boxKey: await newBoxKey(),
  }
}

/** Reading a private key costs ten signatures, and every round trip signs. */
const privateKeys = new WeakMap<Pick<DeskIdentity, 'privateKey'>, KeyObject>()

export function privateKeyOf(identity: Pick<DeskIdentity, 'privateKey'>): KeyObject {
  const der = () => Buffer.from(identity.privateKey, 'base64')
  const key = privateKeys.get(identity) ?? createPrivateKey({ key: der(), format: 'der', type: 'pkcs8' })
  privateKeys.set(identity, key)
  return key
}

/** The public half of the desk's key, raw 32 bytes in base64. */
export function publicKeyOf(identity: DeskIdentity): string {
  return createPublicKey(privateKeyOf(identity))
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64')
}

/** By JWK, which Node reads ten times as fast as SPKI. */
export function publicKeyFromRaw(raw: string): KeyObject {
  const x = Buffer.from(raw, 'base64').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

export function isSignedText(rawPublicKey: string, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), publicKeyFromRaw(rawPublicKey), Buffer.from(signature, 'base64'))
}

export function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64')
}
