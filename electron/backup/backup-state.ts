import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { deskIdSchema, instantSchema, sha256Schema, unitIdSchema } from '../../shared/core/schemas.ts'
import { escrowCopySchema } from '../../shared/wire/escrow.ts'
import { deriveKey } from '../vault/seal.ts'
import { stateFolders } from './backup-place.ts'

const relativePath = new RegExp(`^(${stateFolders.join('|')})/[A-Za-z0-9._-]+$`)

const stateBodySchema = z.object({
  format: z.literal('mot-cua-desk-backup'),
  version: z.literal(1),
  n: z.int().min(1),
  takenAt: instantSchema,
  unitId: unitIdSchema,
  deskId: deskIdSchema,
  deskName: z.string().max(200),
  /** The data key, sealed; absent when the unit has no recovery key yet, and then only the old PC itself can open this. */
  escrow: escrowCopySchema.optional(),
  files: z.array(
    z.object({
      path: z.string().regex(relativePath),
      bytes: z.int().min(0),
      pieces: z.array(sha256Schema),
    }),
  ),
})
export type BackupState = z.infer<typeof stateBodySchema>
export type StateFile = BackupState['files'][number]

const sealedStateSchema = z.object({ body: z.string(), mac: sha256Schema })

export function encodeState(state: BackupState, dataKey: Uint8Array): Buffer {
  const body = JSON.stringify(state)
  return Buffer.from(JSON.stringify({ body, mac: macOf(body, dataKey) }))
}

/** What a state says of itself before its key is known; `isProven` tells whether that is to be believed. */
export interface ReadState {
  readonly state: BackupState
  readonly isProven: (dataKey: Uint8Array) => boolean
}

export function decodeState(bytes: Buffer): ReadState | undefined {
  try {
    const { body, mac } = sealedStateSchema.parse(JSON.parse(bytes.toString('utf8')))
    const state = stateBodySchema.parse(JSON.parse(body))
    const isProven = (dataKey: Uint8Array) =>
      timingSafeEqual(Buffer.from(macOf(body, dataKey), 'hex'), Buffer.from(mac, 'hex'))
    return { state, isProven }
  } catch {
    return undefined
  }
}

function macOf(body: string, dataKey: Uint8Array): string {
  return createHmac('sha256', deriveKey(dataKey, 'backup')).update(body).digest('hex')
}
