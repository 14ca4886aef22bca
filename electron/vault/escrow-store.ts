import path from 'node:path'
import { z } from 'zod'
import type { RecoveryKey } from '../../shared/law/recovery-key.ts'
import { sealTo } from '../../shared/node/sealed-box.ts'
import { type EscrowCopy, escrowContext, escrowCopySchema } from '../../shared/wire/escrow.ts'
import { ensureFolder, findFile, writeDurably } from '../disk/durable-file.ts'
import { createQueue } from '../disk/queue.ts'
import type { DeskIdentity } from '../enrolment/desk-identity.ts'

/** The data key sealed to the unit's recovery key (`shared/wire/escrow.ts`), as it lies beside the data. */
export interface EscrowStore {
  /** Goes into backups; absent until the unit has a recovery key. */
  readonly copy: () => EscrowCopy | undefined
  /** The district holds this very copy, in this life of its database: a restored one may have forgotten it. */
  readonly isDeposited: (epoch: string) => boolean
  /** Seals again when the unit has another recovery key, or this PC has become another desk. */
  readonly sealFor: (identity: DeskIdentity, key: RecoveryKey) => Promise<EscrowCopy>
  readonly markDeposited: (copy: EscrowCopy, epoch: string) => Promise<void>
}

const storedSchema = z.object({ copy: escrowCopySchema, depositedIn: z.string().optional() })
type Stored = z.infer<typeof storedSchema>

export async function openEscrowStore(folder: string, dataKey: Uint8Array): Promise<EscrowStore> {
  await ensureFolder(folder)
  const file = path.join(folder, 'escrow.json')
  const inTurn = createQueue()
  let stored = parseStored(await findFile(file))

  async function save(next: Stored): Promise<void> {
    await writeDurably(file, Buffer.from(JSON.stringify(next)))
    stored = next
  }

  return {
    copy: () => stored?.copy,
    isDeposited: (epoch) => stored?.depositedIn === epoch,
    sealFor: (identity, { keyId, publicKey }) =>
      inTurn(async () => {
        const place = { unitId: identity.unit.id, deskId: identity.deskId, keyId }
        if (stored && isOf(stored.copy, place)) return stored.copy
        const sealed = await sealTo(publicKey, escrowContext(place), dataKey)
        const copy = { ...place, sealed: sealed.toString('base64') }
        await save({ copy })
        return copy
      }),
    markDeposited: (copy, epoch) =>
      inTurn(async () => {
        if (stored?.copy.sealed === copy.sealed) await save({ copy, depositedIn: epoch })
      }),
  }
}

function isOf(copy: EscrowCopy, place: Omit<EscrowCopy, 'sealed'>): boolean {
  return copy.unitId === place.unitId && copy.deskId === place.deskId && copy.keyId === place.keyId
}

/** A damaged copy is no loss: the key is here, and it is sealed again. */
function parseStored(bytes: Buffer | undefined): Stored | undefined {
  if (!bytes) return undefined
  try {
    return storedSchema.safeParse(JSON.parse(bytes.toString('utf8'))).data
  } catch {
    return undefined
  }
}
