import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { deskIdSchema, instantSchema } from '../../shared/core/schemas.ts'
import { numberLaneSchema } from '../../shared/domain/numbering.ts'
import { unitSchema } from '../../shared/law/unit.ts'
import { type BoxKey, newBoxKey } from '../../shared/node/sealed-box.ts'
import { tlsPinsSchema } from '../../shared/wire/enrolment.ts'
import { findFile, ownFolder } from '../disk/durable-file.ts'
import { bearsKey } from '../vault/seal.ts'
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

const fileName = 'desk-identity.sealed'

export interface IdentityStore {
  readonly current: () => DeskIdentity | undefined
  readonly save: (identity: DeskIdentity) => Promise<void>
  /** The same keys for the same code: when the district's answer was lost, asking again must not burn the code. */
  readonly keysFor: (code: string) => Promise<DeskKeys>
}

/**
 * The identity stands twice, in the settings and beside the data key:
 * 1. The settings count while they are whole. A start puts back whichever copy is missing, damaged or older.
 * 2. With neither there is none: whether this is a new install is for the journal to tell (`find-former.ts`).
 * 3. Sealed under another data key is not damage: then nothing else here opens either, and nothing is touched.
 */
export async function openIdentityStore(
  folders: { readonly settings: string; readonly vault: string },
  key: Uint8Array,
): Promise<IdentityStore> {
  const copies = [
    { file: path.join(folders.settings, fileName), place: 'settings/desk-identity' },
    { file: path.join(folders.vault, fileName), place: 'vault/desk-identity' },
  ]
  await Promise.all(Object.values(folders).map(ownFolder))
  const read = await Promise.all(copies.map(({ file, place }) => readSealedJson(file, key, place)))
  const found = read.find((copy) => copy.state === 'read')
  if (!found && (await isOfAnotherKey(copies, key))) throw new Error('the desk identity is of another data key')
  const pendingKeys = new Map<string, Promise<DeskKeys>>()
  // Loose: what a newer version keeps here must survive an older one that saves it again.
  let identity: DeskIdentity | undefined = found && deskIdentitySchema.loose().parse(found.value)
  for (const [at, { file, place }] of copies.entries()) {
    // A disk that takes nothing now is tried again at the next start.
    if (found && !isDeepStrictEqual(read[at], found))
      await writeSealedJson(file, key, place, found.value).catch(() => undefined)
  }
  return {
    current: () => identity,
    keysFor(code) {
      const keys = pendingKeys.get(code) ?? makeDeskKeys()
      pendingKeys.set(code, keys)
      return keys
    },
    async save(next) {
      for (const { file, place } of copies) {
        await writeSealedJson(file, key, place, next)
        identity = next
      }
    },
  }
}

async function isOfAnotherKey(copies: readonly { readonly file: string }[], key: Uint8Array): Promise<boolean> {
  const sealed = await Promise.all(copies.map(({ file }) => findFile(file)))
  const there = sealed.filter((bytes) => bytes !== undefined && bytes.byteLength > 0)
  return there.length > 0 && !there.some((bytes) => bytes && bearsKey(key, bytes))
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
